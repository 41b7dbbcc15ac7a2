import { median } from '../judge/trend.ts';
import { createRandom } from '../random/random.ts';
import type { Random } from '../random/random.ts';

/** Where a series took another level. */
export interface ChangePoint {
  /** Index of the first value of the new level. */
  readonly at: number;
  /** Medians of the levels before and after it, each up to the next change. */
  readonly before: number;
  readonly after: number;
  /** How often chance orders such values so that a change shows as clearly anywhere in them. */
  readonly p: number;
}

export interface ChangePointOptions {
  /** A change whose p is above this is none. */
  readonly level: number;
  /** Of the orders that chance is tried with. */
  readonly seed: number;
  /** A change smaller than this part of the level before it is none; 0 when absent. */
  readonly magnitude?: number;
}

/** A level of fewer values may be an outlier. */
const LEVEL_MIN = 3;
/** Shorter histories have no room for two levels. */
export const HISTORY_MIN = 2 * LEVEL_MIN;
/** With the given order among them, p is never below 1 in so many. */
const ORDERS = 5_000;

/**
 * Changes of level in a series, in its order. Whether there is one is told by the rank sum test at the place where it is clearest, held
 * against what chance gives: max |U(t)| / √(t (n - t)) with U(t) = 2 (ranks of the first t values) - t (n + 1), by permutation. Ranks, so that
 * outliers neither make nor hide a change. Where it is, is told by the values: the place with the least absolute deviations from the
 * medians of both parts. Both parts are searched in the same way. Changes that do not last for three values are not looked for.
 * Literature: A. N. Pettitt, Applied Statistics 28 (1979) 126-135; D. M. Hawkins, Q. Deng, Journal of Quality Technology 42 (2010)
 * 165-173 (U by its deviation); A. J. Scott, M. Knott, Biometrics 30 (1974) 507-512 (the search of both parts).
 */
export function changePoints(values: readonly number[], options: ChangePointOptions): ChangePoint[] {
  const random = createRandom(options.seed, 'change points');
  const found = search(values, 0, random, options).toSorted((a, b) => a.at - b.at);
  const borders = [0, ...found.map(({ at }) => at), values.length];
  return found.map(({ at, p }, index) => ({
    at,
    before: median(values.slice(borders[index], at)),
    after: median(values.slice(at, borders[index + 2])),
    p,
  }));
}

type Found = Pick<ChangePoint, 'at' | 'p'>;

function search(values: readonly number[], offset: number, random: Random, options: ChangePointOptions): Found[] {
  if (values.length < HISTORY_MIN) return [];
  const p = chanceOf(ranksOf(values), random, options.level);
  if (p > options.level) return [];
  const at = likeliest(values);
  const [left, right] = [values.slice(0, at), values.slice(at)];
  const [from, to] = [median(left), median(right)];
  const matters = Math.abs(to - from) >= Math.abs(from) * (options.magnitude ?? 0);
  return [
    ...search(left, offset, random, options),
    ...(matters ? [{ at: offset + at, p }] : []),
    ...search(right, offset + at, random, options),
  ];
}

/** How clearly ranks are parted where they are parted most clearly. */
function strengthOf(ranks: readonly number[]): number {
  let strongest = 0;
  let sum = 0;
  for (const [index, rank] of ranks.entries()) {
    sum += rank;
    const at = index + 1;
    if (at < LEVEL_MIN || ranks.length - at < LEVEL_MIN) continue;
    const u = 2 * sum - at * (ranks.length + 1);
    strongest = Math.max(strongest, Math.abs(u) / Math.sqrt(at * (ranks.length - at)));
  }
  return strongest;
}

/** The share of orders that are parted as clearly; 1 as soon as it is sure to be above the level. */
function chanceOf(ranks: readonly number[], random: Random, level: number): number {
  const strength = strengthOf(ranks);
  const order = [...ranks];
  let asStrong = 1;
  for (let tried = 1; tried < ORDERS; tried++) {
    shuffle(order, random);
    if (strengthOf(order) >= strength - 1e-9) asStrong++;
    if (asStrong > level * ORDERS) return 1;
  }
  return asStrong / ORDERS;
}

/** The place that leaves the least absolute deviations from the medians of both parts. */
function likeliest(values: readonly number[]): number {
  let best = { at: LEVEL_MIN, left: Infinity };
  for (let at = LEVEL_MIN; at <= values.length - LEVEL_MIN; at++) {
    const left = deviations(values.slice(0, at)) + deviations(values.slice(at));
    if (left < best.left) best = { at, left };
  }
  return best.at;
}

function deviations(values: readonly number[]): number {
  const middle = median(values);
  return values.reduce((sum, value) => sum + Math.abs(value - middle), 0);
}

/** Every order is as likely as any other (R. A. Fisher, F. Yates; D. E. Knuth, The Art of Computer Programming 2, 3.4.2, algorithm P). */
function shuffle(values: number[], random: Random): void {
  for (let last = values.length - 1; last > 0; last--) {
    const other = random.below(last + 1);
    const value = values[last] ?? 0;
    values[last] = values[other] ?? 0;
    values[other] = value;
  }
}

/** Ranks from 1; ties have the mean of theirs. */
function ranksOf(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return below + (equal + 1) / 2;
  });
}
