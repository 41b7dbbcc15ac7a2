import { nonNegative } from '../../laws/argument/argument.ts';
import type { RateLimit } from '../system.ts';

/** Lets a whole token that was summed up from shares be a whole token, in spite of rounding. */
const ROUNDING = 1e-9;

/**
 * A rate limit with bursts: tokens come in at `rate_per_s` up to `burst`, a call takes one. Full at first.
 * Literature: J. Turner, New Directions in Communications, IEEE Communications Magazine 24 (1986), on leaky buckets.
 */
export class TokenBucket {
  readonly #rate_per_s: number;
  readonly #burst: number;
  #tokens: number;
  #filledAt_s = 0;

  /** RangeError for a rate that is negative or a burst below one token. */
  constructor({ rate_per_s, burst }: RateLimit) {
    this.#rate_per_s = nonNegative('rate_per_s', rate_per_s);
    if (!(burst >= 1 && burst < Infinity)) throw new RangeError(`burst is a finite number from 1, not ${burst}`);
    this.#burst = burst;
    this.#tokens = burst;
  }

  /** Whether there was a token, and takes it. Times do not go back. */
  take(now_s: number): boolean {
    this.#tokens = Math.min(this.#burst, this.#tokens + (now_s - this.#filledAt_s) * this.#rate_per_s);
    this.#filledAt_s = now_s;
    if (this.#tokens < 1 - ROUNDING) return false;
    this.#tokens--;
    return true;
  }
}
