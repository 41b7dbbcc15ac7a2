import { nonNegative } from '../../laws/argument/argument.ts';
import { exp, ln } from '../../random/portable-math.ts';
import type { Distribution } from '../system.ts';
import type { Stream } from './stream.ts';

const DETERMINISTIC = 0;
const EXPONENTIAL = 1;
const LOGNORMAL = 2;
const GAMMA = 3;
const EMPIRICAL = 4;

/** Below it a variable is as good as constant, and gamma's density loses its digits. */
const CV_MIN = 1e-6;
/** Beyond, a sample's mean says nothing about the distribution's, however large the sample. */
const CV_MAX = 1000;
/** Of a gamma variable of small shape: a factor e^x below this is as good as 0. */
const EXPONENT_MIN = -700;

/**
 * A distribution of times, ready to draw from. One class for all of them, so that its callers stay monomorphic.
 *
 * Lognormal with mean m and coefficient of variation c: m exp(σ z - σ²/2), σ² = ln(1 + c²). Gamma: shape 1 / c², scale
 * m c² (G. Marsaglia, W. W. Tsang, A Simple Method for Generating Gamma Variables, ACM TOMS 26 (2000)).
 */
export class Variate {
  readonly mean_s: number;
  #kind: number;
  /** Lognormal: σ. Gamma: the paper's d, of the shape or of the shape plus one. */
  #a = 0;
  /** Lognormal: σ²/2. Gamma: the paper's c. */
  #b = 0;
  /** Gamma: m over d, which times the paper's d v makes the mean m; and 1 / shape for shapes below 1, else 0. */
  #scale_s = 0;
  #boost = 0;
  #values_s: Float64Array = new Float64Array(0);

  /** RangeError for a mean that is negative or not finite, a cv not from 0 to 1000, no values, or values out of order. */
  constructor(distribution: Distribution) {
    if (distribution.kind === 'empirical') {
      this.#values_s = ascending(distribution.values_s);
      this.#kind = EMPIRICAL;
      this.mean_s = meanBetween(this.#values_s);
      return;
    }
    this.mean_s = nonNegative('mean_s', distribution.mean_s);
    this.#kind = DETERMINISTIC;
    if (distribution.kind === 'exponential') this.#kind = EXPONENTIAL;
    else if (distribution.kind === 'lognormal') this.#prepareLognormal(variation(distribution.cv));
    else if (distribution.kind === 'gamma') this.#prepareGamma(variation(distribution.cv));
  }

  sample(stream: Stream): number {
    switch (this.#kind) {
      case DETERMINISTIC:
        return this.mean_s;
      case EXPONENTIAL:
        return this.mean_s * stream.exponential();
      case LOGNORMAL:
        return this.mean_s * exp(this.#a * stream.normal() - this.#b);
      case GAMMA:
        return this.#gamma(stream);
      default:
        return this.#between(stream.uniform());
    }
  }

  #prepareLognormal(cv: number): void {
    if (cv < CV_MIN) return;
    this.#kind = LOGNORMAL;
    const variance = ln(1 + cv * cv);
    this.#a = Math.sqrt(variance);
    this.#b = variance / 2;
  }

  #prepareGamma(cv: number): void {
    if (cv < CV_MIN) return;
    this.#kind = GAMMA;
    const shape = 1 / (cv * cv);
    this.#boost = shape < 1 ? 1 / shape : 0;
    this.#a = (shape < 1 ? shape + 1 : shape) - 1 / 3;
    this.#b = 1 / Math.sqrt(9 * this.#a);
    this.#scale_s = (this.mean_s / shape) * this.#a;
  }

  #gamma(stream: Stream): number {
    const x_s = this.#scale_s * this.#gammaCube(stream);
    // A gamma variable of shape k is one of shape k + 1 times u^(1/k).
    return this.#boost === 0 ? x_s : x_s * exp(Math.max(EXPONENT_MIN, -stream.exponential() * this.#boost));
  }

  /** The paper's v: (1 + c z)³, accepted by a squeeze or by its density. */
  #gammaCube(stream: Stream): number {
    for (;;) {
      const z = stream.normal();
      const root = 1 + this.#b * z;
      if (root <= 0) continue;
      const v = root * root * root;
      const u = 1 - stream.uniform();
      const square = z * z;
      if (u < 1 - 0.0331 * square * square) return v;
      if (ln(u) < square / 2 + this.#a * (1 - v + ln(v))) return v;
    }
  }

  #between(share: number): number {
    const place = share * (this.#values_s.length - 1);
    const below = Math.floor(place);
    const value_s = this.#values_s[below] ?? 0;
    return value_s + (place - below) * ((this.#values_s[below + 1] ?? value_s) - value_s);
  }
}

function variation(cv: number): number {
  if (!(cv >= 0 && cv <= CV_MAX)) throw new RangeError(`cv is a number from 0 to ${CV_MAX}, not ${cv}`);
  return cv;
}

function ascending(values_s: readonly number[]): Float64Array {
  if (values_s.length === 0) throw new RangeError('an empirical distribution needs at least one value');
  let last = 0;
  for (const value of values_s) {
    if (!(value >= last && value < Infinity))
      throw new RangeError(
        `empirical values are finite, not negative and in ascending order, not ${value} after ${last}`,
      );
    last = value;
  }
  return Float64Array.from(values_s);
}

/** The mean of what lies between neighbours, each gap as likely as any other. */
function meanBetween(values_s: Float64Array): number {
  const [first = 0, last = first] = [values_s[0], values_s.at(-1)];
  if (values_s.length === 1) return first;
  const sum = values_s.reduce((total, value) => total + value, 0);
  return (sum - (first + last) / 2) / (values_s.length - 1);
}
