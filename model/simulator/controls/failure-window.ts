const PARTS = 10;

/**
 * Calls and failures of the last `window_s`, in ten parts: the oldest part is forgotten as a whole, so that the window
 * really is nine tenths to all of it.
 */
export class FailureWindow {
  readonly #part_s: number;
  readonly #calls = new Int32Array(PARTS);
  readonly #failures = new Int32Array(PARTS);
  #latest = 0;
  calls = 0;
  failures = 0;

  constructor(window_s: number) {
    this.#part_s = window_s / PARTS;
  }

  record(now_s: number, failed: boolean): void {
    this.#forget(Math.floor(now_s / this.#part_s));
    const part = this.#latest % PARTS;
    this.#calls[part] = (this.#calls[part] ?? 0) + 1;
    this.calls++;
    if (!failed) return;
    this.#failures[part] = (this.#failures[part] ?? 0) + 1;
    this.failures++;
  }

  clear(): void {
    this.#calls.fill(0);
    this.#failures.fill(0);
    this.calls = 0;
    this.failures = 0;
  }

  /** Empties the parts that end before the present one begins. */
  #forget(present: number): void {
    if (present - this.#latest >= PARTS) {
      this.clear();
      this.#latest = present;
    }
    while (this.#latest < present) {
      const part = ++this.#latest % PARTS;
      this.calls -= this.#calls[part] ?? 0;
      this.failures -= this.#failures[part] ?? 0;
      this.#calls[part] = 0;
      this.#failures[part] = 0;
    }
  }
}
