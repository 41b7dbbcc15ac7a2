/**
 * Keys whose last write to the cache failed or was not confirmed: what the cache holds for them may be old. They are deleted
 * as soon as the cache answers again, so that such a body does not live on until its time runs out.
 *
 * The set is bounded. What does not fit, or is lost with the process, stays at most as old as its time to live.
 */
export class UnsettledKeys {
  readonly #delete: (key: string) => Promise<unknown>;
  readonly #retry_ms: number;
  readonly #max: number;
  readonly #keys = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(deleteKey: (key: string) => Promise<unknown>, retry_ms = 500, max = 10_000) {
    this.#delete = deleteKey;
    this.#retry_ms = retry_ms;
    this.#max = max;
  }

  get size(): number {
    return this.#keys.size;
  }

  add(key: string): void {
    if (this.#keys.size < this.#max) this.#keys.add(key);
    this.#schedule(this.#retry_ms);
  }

  /** Tries at once: called when the cache is back. */
  retrySoon(): void {
    if (this.#keys.size === 0) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#schedule(0);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #schedule(wait_ms: number): void {
    if (this.#timer !== undefined || this.#stopped) return;
    this.#timer = setTimeout(() => void this.#settle(), wait_ms);
    this.#timer.unref();
  }

  async #settle(): Promise<void> {
    await Promise.all(Array.from(this.#keys, (key) => this.#settleOne(key)));
    this.#timer = undefined;
    if (this.#keys.size > 0) this.#schedule(this.#retry_ms);
  }

  async #settleOne(key: string): Promise<void> {
    // Removed first: a write that fails while this deletion is under way adds the key again.
    this.#keys.delete(key);
    try {
      await this.#delete(key);
    } catch {
      // The failure that matters was reported when the key came here; it simply stays.
      this.#keys.add(key);
    }
  }
}
