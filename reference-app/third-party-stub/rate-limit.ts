/** A limit as third parties state it: so many calls in a window, counted from the window's first call. */
export class RateLimit {
  readonly #now_ms: () => number;
  #calls: number;
  #window_ms: number;
  #used = 0;
  #startedAt_ms = -Infinity;

  constructor(calls: number, window_ms: number, now_ms: () => number = () => performance.now()) {
    this.#calls = calls;
    this.#window_ms = window_ms;
    this.#now_ms = now_ms;
  }

  /** Counts a call. Milliseconds until the next window when there are no calls left, else 0. */
  take(): number {
    const now_ms = this.#now_ms();
    if (now_ms - this.#startedAt_ms >= this.#window_ms) {
      this.#startedAt_ms = now_ms;
      this.#used = 0;
    }
    if (this.#used >= this.#calls) return this.#startedAt_ms + this.#window_ms - now_ms;
    this.#used += 1;
    return 0;
  }

  set(calls: number, window_ms: number): void {
    this.#calls = calls;
    this.#window_ms = window_ms;
  }
}
