import { exp, ln } from '../random/portable-math.ts';
import { normalQuantile } from './normal-quantile.ts';
import { pertQuantile } from './pert-quantile.ts';
import type { DistributionName, Range } from './range.ts';

/** Inverse of a cumulative distribution function: from a probability in (0, 1) to a number in base units. */
export type Quantile = (u: number) => number;

const Z_AT_95 = normalQuantile(0.95);
/** |z| at the least positive number that a double holds. */
const Z_MAX = 38.5;
/** Beyond it the arithmetic of quantiles might overflow. */
const MAGNITUDE_MAX = 1e300;
/** Where the portable `exp` ends. */
const EXPONENT_MAX = 700;

/**
 * The quantile of `range` at 0 < u < 1 (inverse CDF). Exact formulas but for pert, which is within 1e-7 of the width.
 * A range with low = high gives its value. Throws a RangeError for a range that is none and for u outside of (0, 1).
 * For many u of one range, prepare it once with `quantileFunction`.
 */
export function quantileOf(range: Range, u: number): number {
  return quantileFunction(range)(u);
}

/** As `quantileOf`, with everything that depends on the range alone done once (for pert, a table). */
export function quantileFunction(range: Range): Quantile {
  checkRange(range);
  const quantile = range.low === range.high ? () => range.value : QUANTILES[range.distribution](range);
  return (u) => {
    if (!(u > 0 && u < 1)) throw new RangeError(`a probability of a quantile lies between 0 and 1, not ${u}`);
    return quantile(u);
  };
}

const QUANTILES: Readonly<Record<DistributionName, (range: Range) => Quantile>> = {
  uniform: (range) => between(range, (u) => u),
  triangular: (range) => between(range, triangularQuantile(modeOf(range))),
  pert: (range) => between(range, pertQuantile(modeOf(range))),
  normal({ low, high }) {
    const mean = low / 2 + high / 2;
    const deviation = (high - low) / (2 * Z_AT_95);
    return (u) => mean + deviation * normalQuantile(u);
  },
  lognormal({ low, high }) {
    const { mean, deviation } = ofLogarithm(low, high);
    return (u) => exp(mean + deviation * normalQuantile(u));
  },
};

/** Spreads a quantile on 0 to 1 over the range; rounding must not lead past its end. */
function between({ low, high }: Range, quantile: Quantile): Quantile {
  return (u) => Math.min(high, low + quantile(u) * (high - low));
}

/** The mode as a share of the width. */
function modeOf({ low, value, high }: Range): number {
  return (value - low) / (high - low);
}

/**
 * On 0 to 1: sqrt(u m) up to the mode m, 1 - sqrt((1 - u)(1 - m)) from there (S. Kotz, J. R. van Dorp, Beyond Beta, 2004,
 * chapter 1). Both meet at m but for rounding, which must not make the quantile fall.
 */
function triangularQuantile(mode: number): Quantile {
  return (u) => (u < mode ? Math.min(mode, Math.sqrt(u * mode)) : Math.max(mode, 1 - Math.sqrt((1 - u) * (1 - mode))));
}

/** Mean and standard deviation of ln X, from the 5th and the 95th percentile of X. */
function ofLogarithm(low: number, high: number): { readonly mean: number; readonly deviation: number } {
  return { mean: (ln(low) + ln(high)) / 2, deviation: (ln(high) - ln(low)) / (2 * Z_AT_95) };
}

function checkRange({ low, value, high, distribution }: Range): void {
  const text = `${distribution} range ${low} / ${value} / ${high}`;
  if (![low, value, high].every((number) => Math.abs(number) <= MAGNITUDE_MAX)) {
    throw new RangeError(`${text}: all three must be finite, of at most 1e300`);
  }
  if (low > high) throw new RangeError(`${text}: low exceeds high`);
  const ignoresValue = low < high && distribution !== 'triangular' && distribution !== 'pert';
  if (!ignoresValue && (value < low || value > high)) {
    throw new RangeError(`${text}: the value lies outside of low to high`);
  }
  if (distribution === 'lognormal') checkLognormal(low, high, text);
}

function checkLognormal(low: number, high: number, text: string): void {
  if (low <= 0) throw new RangeError(`${text}: a lognormal number is positive, so low must be, too`);
  const { mean, deviation } = ofLogarithm(low, high);
  if (Math.abs(mean) + deviation * Z_MAX > EXPONENT_MAX) throw new RangeError(`${text}: too wide to be computed`);
}
