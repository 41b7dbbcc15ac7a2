import { exp, ln } from '../../random/portable-math.ts';
import type { Stream } from './stream.ts';

/** Popularity steeper than that is one object for all purposes; and x^exponent stays a number. */
const EXPONENT_MAX = 10;
const COUNT_MAX = 1_000_000_000;

/**
 * Ranks 1 to `count` with probability proportional to rank^-exponent, in constant time and without a table: inversion of
 * the integral of x^-exponent, rounded to a rank and rejected now and then so that the probabilities are exact. An
 * exponent of 0 is uniform.
 * Literature: W. Hörmann, G. Derflinger, Rejection-Inversion to Generate Variates from Monotone Discrete Distributions,
 * ACM TOMACS 6 (1996) 169-184.
 */
export class ZipfSampler {
  readonly #count: number;
  readonly #exponent: number;
  /** The integral up to the far end of the last rank, and from there back to where rank 1 begins to get its share. */
  readonly #areaEnd: number;
  readonly #areaSpan: number;
  /** A point this close below its rank is accepted without a further look. */
  readonly #near: number;

  /** RangeError unless `count` is whole and from 1 to 10^9, and `exponent` from 0 to 10. */
  constructor(count: number, exponent: number) {
    if (!(Number.isInteger(count) && count >= 1 && count <= COUNT_MAX))
      throw new RangeError(`a key space has from 1 to ${COUNT_MAX} keys, not ${count}`);
    if (!(exponent >= 0 && exponent <= EXPONENT_MAX))
      throw new RangeError(`the exponent of Zipf's law is from 0 to ${EXPONENT_MAX} here, not ${exponent}`);
    this.#count = count;
    this.#exponent = exponent;
    this.#areaEnd = this.#area(count + 0.5);
    this.#areaSpan = this.#areaEnd - (this.#area(1.5) - 1);
    this.#near = 2 - this.#areaInverse(this.#area(2.5) - this.#weight(2));
  }

  sample(stream: Stream): number {
    if (this.#exponent === 0) return 1 + stream.below(this.#count);
    for (;;) {
      const area = this.#areaEnd - stream.uniform() * this.#areaSpan;
      const x = this.#areaInverse(area);
      const rank = Math.max(1, Math.min(this.#count, Math.floor(x + 0.5)));
      if (rank - x <= this.#near || area >= this.#area(rank + 0.5) - this.#weight(rank)) return rank;
    }
  }

  #weight(rank: number): number {
    return exp(-this.#exponent * ln(rank));
  }

  /** The integral of t^-exponent from 1 to x: (x^(1 - exponent) - 1) / (1 - exponent), and ln x for an exponent of 1. */
  #area(x: number): number {
    const lnX = ln(x);
    return lnX * expm1Ratio((1 - this.#exponent) * lnX);
  }

  #areaInverse(area: number): number {
    const growth = (1 - this.#exponent) * area;
    // Rounding may reach past the end of a steep integral, which is finite however far x goes.
    return growth <= -1 ? this.#count : exp(area * log1pRatio(growth));
  }
}

/**
 * (e^x - 1) / x, 1 at 0. The rounding error of e^x near 1 cancels against that of its logarithm.
 * Literature: N. J. Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed. 2002, section 1.14.1 (after W. Kahan).
 */
function expm1Ratio(x: number): number {
  const power = exp(x);
  return power === 1 ? 1 : (power - 1) / ln(power);
}

/** ln(1 + x) / x, 1 at 0; the same trick. */
function log1pRatio(x: number): number {
  const sum = 1 + x;
  return sum === 1 ? 1 : ln(sum) / (sum - 1);
}
