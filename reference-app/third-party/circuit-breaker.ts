/** Thrown instead of calling somebody who has just failed several times in a row. */
export class CircuitOpenError extends Error {
  override name = 'CircuitOpenError';
}

/**
 * A circuit breaker: after `failuresMax` failures in a row it refuses calls for `open_ms`; then one call tries, and its
 * outcome decides (M. Nygard, Release It!, 2nd edition, 5.2).
 */
export class CircuitBreaker {
  readonly #failuresMax: number;
  readonly #open_ms: number;
  readonly #now_ms: () => number;
  #failures = 0;
  #openUntil_ms = -Infinity;

  constructor(failuresMax = 5, open_ms = 5_000, now_ms: () => number = () => performance.now()) {
    this.#failuresMax = failuresMax;
    this.#open_ms = open_ms;
    this.#now_ms = now_ms;
  }

  /** `isFailure` tells a failing service from one that answers something unwelcome. */
  async call<Value>(work: () => Promise<Value>, isFailure: (error: unknown) => boolean = () => true): Promise<Value> {
    const now_ms = this.#now_ms();
    if (this.#failures >= this.#failuresMax) {
      if (now_ms < this.#openUntil_ms) throw new CircuitOpenError('refused: it failed several times in a row');
      // This call tries; others are refused until it is known how it went.
      this.#openUntil_ms = now_ms + this.#open_ms;
    }
    try {
      const value = await work();
      this.#failures = 0;
      return value;
    } catch (error) {
      if (isFailure(error)) this.#failed();
      else this.#failures = 0;
      throw error;
    }
  }

  #failed(): void {
    this.#failures += 1;
    if (this.#failures >= this.#failuresMax) this.#openUntil_ms = this.#now_ms() + this.#open_ms;
  }
}
