import { normalProbability } from '../uncertainty/normal-probability.ts';
import { normalQuantile } from '../uncertainty/normal-quantile.ts';
import { leastP } from './rank-sum.ts';

/** How often a difference of that size shall be found. */
const POWER = 0.9;
/** Nobody makes more runs than this to compare two versions. */
const RUNS_MAX = 1000;

/** Least number of runs on each side with which the rank test can prove anything at the level. */
export function runsToProve(level: number): number {
  let runs = 1;
  while (leastP(runs, runs) > level) runs++;
  return runs;
}

/**
 * Runs on each side with which the rank test proves a difference `distance` between values that spread by `deviation` in nine
 * cases of ten; never fewer than it takes to prove anything. Undefined where no sensible number would do. From Noether's
 * N = (z_level + z_power)² / (3 (P - 1/2)²) for two sides of N / 2, with P = Φ(distance / (deviation √2)), the chance that
 * a value of one side is larger than one of the other.
 * Literature: G. E. Noether, JASA 82 (1987) 645-647.
 */
export function runsToFind(distance: number, deviation: number, level: number): number | undefined {
  const least = runsToProve(level);
  if (deviation === 0) return least;
  const larger = normalProbability(distance / (deviation * Math.SQRT2)) - 0.5;
  const z = normalQuantile(1 - level / 2) + normalQuantile(POWER);
  const runs = Math.ceil(z ** 2 / (6 * larger ** 2));
  return runs <= RUNS_MAX ? Math.max(least, runs) : undefined;
}
