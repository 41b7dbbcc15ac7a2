import { normalProbability } from '../uncertainty/normal-probability.ts';
import { criticalU, leastP } from './rank-sum.ts';

/** How often a difference of that size shall be found. */
const POWER = 0.9;
/** Nobody makes more runs than this to compare two versions. */
const RUNS_MAX = 1000;
/** Of the normal distribution, in standard deviations. */
const REACH = 8;
const STEP = 0.05;

/** Least number of runs on each side with which the rank test can prove anything at the level. */
export function runsToProve(level: number): number {
  let runs = 1;
  while (leastP(runs, runs) > level) runs++;
  return runs;
}

/**
 * Runs on each side with which the rank test proves a difference `distance` between normal values that spread by `deviation` in nine cases of
 * ten; never fewer than it takes to prove anything. Undefined where no sensible number would do. The power is that of the normal
 * approximation to U of n and n values: mean n² P, variance n² (P (1 - P) + 2 (n - 1) (Q - P²)), where P is the chance that a value of one side is
 * larger than one of the other, and Q that it is larger than two.
 * Literature: E. L. Lehmann, Nonparametrics: Statistical Methods Based on Ranks, 1975, section 2.3.
 */
export function runsToFind(distance: number, deviation: number, level: number): number | undefined {
  const least = runsToProve(level);
  if (deviation === 0) return least;
  const apart = distance / deviation;
  const larger = normalProbability(apart / Math.SQRT2);
  const than2 = largerThanTwo(apart);
  const isEnough = (runs: number): boolean => power(runs, larger, than2, level) >= POWER;
  if (!isEnough(RUNS_MAX)) return undefined;
  let [low, high] = [least - 1, RUNS_MAX];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isEnough(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** Chance to prove a difference with so many runs of each side. */
function power(runs: number, larger: number, than2: number, level: number): number {
  const variance = runs ** 2 * (larger * (1 - larger) + 2 * (runs - 1) * (than2 - larger ** 2));
  const needed = runs ** 2 - criticalU(runs, runs, level);
  // U is a whole number: half of one towards the mean.
  const excess = runs ** 2 * larger - needed + 0.5;
  return variance <= 0 ? Number(excess >= 0) : normalProbability(excess / Math.sqrt(variance));
}

/** ∫ Φ(z + apart)² φ(z) dz, by the trapezium rule, which is exact to many digits for what falls off so fast. */
function largerThanTwo(apart: number): number {
  let sum = 0;
  for (let z = -REACH; z <= REACH; z += STEP) sum += normalProbability(z + apart) ** 2 * Math.exp((-z * z) / 2);
  return (sum * STEP) / Math.sqrt(2 * Math.PI);
}
