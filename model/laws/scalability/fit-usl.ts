import { positive } from '../argument/argument.ts';
import { leastSquares } from './least-squares.ts';
import type { UslPoint } from './least-squares.ts';
import { studentT975 } from './student-t.ts';
import { uslThroughput_per_s } from './usl.ts';
import type { Usl } from './usl.ts';

export type { UslPoint } from './least-squares.ts';

/** Lower and upper end, in the unit of the parameter. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The law that is nearest to some measurements. */
export interface UslFit extends Usl {
  /** 95 % confidence intervals of the parameters, cut off at 0 where a parameter cannot be negative. */
  readonly interval95: { readonly lambda_per_s: Interval; readonly sigma: Interval; readonly kappa: Interval };
  /** Share of the variance of throughput that the law explains. */
  readonly rSquared: number;
  /** Least and greatest N that was measured. */
  readonly measured: Interval;
}

/** Beyond this multiple of the measured range a prediction is a guess. */
const RANGE_FACTOR = 2;

/**
 * Fits the Universal Scalability Law to measured throughput by non-linear least squares with σ, κ >= 0. Intervals are
 * estimate ± t(97.5 %, n - 3) × standard error, from the Jacobian at the solution; they take the law for true and the
 * scatter for equal at all N, and run from 0 to Infinity where the N lie too close together to tell. RangeError for
 * fewer than 4 points or 3 different N, for N below 1, or for a throughput that is not positive.
 * Literature: N. J. Gunther, Guerrilla Capacity Planning, 2007, chapter 5; D. M. Bates, D. G. Watts, Nonlinear
 * Regression Analysis and Its Applications, 1988, chapter 2 for the intervals.
 */
export function fitUsl(points: readonly UslPoint[]): UslFit {
  requirePoints(points);
  const { usl, squares, covariance } = leastSquares(points);
  const mean = points.reduce((sum, { throughput_per_s }) => sum + throughput_per_s, 0) / points.length;
  const spread = points.reduce((sum, { throughput_per_s: x }) => sum + (x - mean) * (x - mean), 0);
  const degrees = points.length - 3;
  const around = (value: number, variance: number): Interval => {
    const half = studentT975(degrees) * Math.sqrt((variance * squares) / degrees);
    return half >= 0 ? { low: Math.max(0, value - half), high: value + half } : { low: 0, high: Infinity };
  };
  return {
    ...usl,
    interval95: {
      lambda_per_s: around(usl.lambda_per_s, covariance[0]),
      sigma: around(usl.sigma, covariance[3]),
      kappa: around(usl.kappa, covariance[5]),
    },
    // A throughput that is the same everywhere is met exactly, by σ = 1.
    rSquared: spread > 0 ? 1 - squares / spread : 1,
    measured: { low: Math.min(...points.map(({ n }) => n)), high: Math.max(...points.map(({ n }) => n)) },
  };
}

export interface UslPrediction {
  readonly throughput_per_s: number;
  /** Present when N lies so far outside of what was measured that the figure carries no weight. */
  readonly warning?: string;
}

/** Throughput that a fit foretells for N (from 1), with a warning beyond twice the greatest N that was measured. */
export function predictUsl(fit: UslFit, n: number): UslPrediction {
  const throughput_per_s = uslThroughput_per_s(fit, n);
  const { low, high } = fit.measured;
  if (n <= RANGE_FACTOR * high) return { throughput_per_s };
  const warning = `${n} is more than twice the largest N measured (${low} to ${high}); measure further`;
  return { throughput_per_s, warning };
}

function requirePoints(points: readonly UslPoint[]): void {
  if (points.length < 4) throw new RangeError(`a fit needs at least 4 points, not ${points.length}`);
  for (const { n, throughput_per_s } of points) {
    if (!(n >= 1 && n < Infinity)) throw new RangeError(`N is a finite number from 1, not ${n}`);
    positive('throughput_per_s', throughput_per_s);
  }
  const different = new Set(points.map(({ n }) => n)).size;
  if (different < 3) throw new RangeError(`a fit needs at least 3 different N, not ${different}`);
}
