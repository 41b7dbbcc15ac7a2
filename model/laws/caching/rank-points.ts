import { exp, ln } from '../../random/portable-math.ts';

/** A point of a sum over ranks: Σ f(k) over the ranks 1 to n is Σ weight × f(rank) over few points. */
export interface RankPoint {
  /** Logarithm of the rank, which need not be whole. */
  readonly lnRank: number;
  readonly weight: number;
}

/** Ranks up to here are a point each. */
const HEAD = 32;
const HEAD_POINTS: readonly RankPoint[] = Array.from({ length: HEAD }, (_, i) => ({ lnRank: ln(i + 1), weight: 1 }));
/** Gauss's rule of eight points on -1 to 1: abscissas, each with its mirror image, and weights. */
const GAUSS = [
  [0.1834346424956498, 0.362683783378362],
  [0.525532409916329, 0.3137066458778873],
  [0.7966664774136267, 0.2223810344533745],
  [0.9602898564975363, 0.1012285362903763],
] as const;
/** Width of a panel in ln(rank^exponent): with it Gauss's rule errs by some 1e-8. */
const PANEL = 3;

/**
 * Points for functions that vary with rank^-exponent and no faster: the first ranks themselves, then an integral over
 * ln(rank) by Gauss's rule on equal panels, with the first correction of Euler and Maclaurin, two of whose weights are
 * negative. Up to 32 ranks exact, then about 90 points for 500 million, more for exponents above 1. Sums of
 * 1 - exp(-c rank^-exponent) have a relative error below 2e-7 for any c and exponents up to 5, below 2e-6 up to 10. The
 * weights add up to the number of ranks. The arguments are the caller's to check.
 * Literature: NIST Digital Library of Mathematical Functions, 2.10(i); M. Abramowitz, I. A. Stegun, Handbook of
 * Mathematical Functions, table 25.4.
 */
export function rankPoints(ranks: number, exponent: number): RankPoint[] {
  if (ranks <= HEAD) return HEAD_POINTS.slice(0, ranks);
  const points = [...HEAD_POINTS];
  const start = ln(HEAD + 0.5);
  const end = ln(ranks + 0.5);
  const panels = Math.ceil(((end - start) * Math.max(1, exponent)) / PANEL);
  const half = (end - start) / panels / 2;
  for (let i = 0; i < panels; i++) addPanel(points, start + (2 * i + 1) * half, half);
  addSlope(points, HEAD, 1 / 24);
  addSlope(points, ranks, -1 / 24);
  return points;
}

/** The integral of f(rank) d rank = f(rank) rank d ln(rank) over middle ± half. */
function addPanel(points: RankPoint[], middle: number, half: number): void {
  for (const [abscissa, weight] of GAUSS)
    for (const lnRank of [middle - half * abscissa, middle + half * abscissa])
      points.push({ lnRank, weight: weight * half * exp(lnRank) });
}

/**
 * A multiple of the slope halfway from one rank to the next, as a difference. The integral from rank - 1/2 to
 * rank + 1/2 exceeds f(rank) by f'' / 24, all of them by 1/24 of the slope at the end less 1/24 of that at the start.
 */
function addSlope(points: RankPoint[], rank: number, factor: number): void {
  points.push({ lnRank: ln(rank), weight: -factor }, { lnRank: ln(rank + 1), weight: factor });
}
