/** What a request is drawn from: the part of a test's data that this needs. */
export interface Drawing {
  readonly seed: number;
  /** Running sums of the shares of the classes; the last is 1. */
  readonly shares: readonly number[];
  readonly feeds: readonly DrawnFeed[];
}

export interface DrawnFeed {
  readonly pick: 'uniform' | 'zipf' | 'sequential';
  readonly exponent: number;
  readonly rows: number;
}

/** Uniform numbers in [0, 1), one after the other. */
export type Uniform = () => number;

/**
 * The numbers of request `n`. Iterations of k6 have no generator in common, so each number is a hash of seed, request and place (the
 * 32-bit finaliser of MurmurHash3, A. Appleby): request n is the same whichever virtual user sends it.
 */
export function uniformsOf(seed: number, n: number): Uniform {
  const high = Math.floor(n / 2 ** 32);
  const base = mix(mix(mix(seed | 0) ^ (n | 0)) ^ high);
  let place = 0;
  return () => (mix(base ^ Math.imul(++place, 0x9e3779b1)) >>> 0) / 2 ** 32;
}

/** Index of the class that a request belongs to. */
export function drawClass(shares: readonly number[], uniform: Uniform): number {
  const u = uniform();
  const found = shares.findIndex((sum) => u < sum);
  return found < 0 ? shares.length - 1 : found;
}

/** Index of the row that request `n` takes of a feed. */
export function drawRow(feed: DrawnFeed, n: number, uniform: Uniform): number {
  if (feed.pick === 'sequential') return n % feed.rows;
  if (feed.pick === 'uniform') return Math.min(Math.floor(uniform() * feed.rows), feed.rows - 1);
  return drawZipf(feed.rows, feed.exponent, uniform) - 1;
}

/**
 * A rank k of 1 to n with probability proportional to 1 / k^exponent, without a table: every virtual user would hold one. Rejection-inversion
 * (W. Hörmann and G. Derflinger, Rejection-inversion to generate variates from monotone discrete distributions, ACM TOMACS 6(3), 1996):
 * draws from the area below the continuous curve and rejects what lies above the steps; 1.1 draws a rank on average.
 */
function drawZipf(n: number, exponent: number, uniform: Uniform): number {
  const area = (x: number): number => areaBelow(x, exponent);
  const lowest = area(1.5) - 1;
  const highest = area(n + 0.5);
  const sure = 2 - inverseArea(area(2.5) - 2 ** -exponent, exponent);
  for (;;) {
    const u = highest + uniform() * (lowest - highest);
    const x = inverseArea(u, exponent);
    const k = Math.min(Math.max(Math.round(x), 1), n);
    if (k - x <= sure || u >= area(k + 0.5) - k ** -exponent) return k;
  }
}

/** The area below x^-exponent from 1 to x. */
function areaBelow(x: number, exponent: number): number {
  const log = Math.log(x);
  return exponent === 1 ? log : Math.expm1((1 - exponent) * log) / (1 - exponent);
}

function inverseArea(area: number, exponent: number): number {
  if (exponent === 1) return Math.exp(area);
  return Math.exp(Math.log1p(Math.max(-1, area * (1 - exponent))) / (1 - exponent));
}

function mix(value: number): number {
  let h = value ^ (value >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}
