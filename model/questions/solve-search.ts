/** Where one number may go, and what is wanted of it. */
export interface Search {
  /** Where to start: the present value. */
  readonly start: number;
  readonly low: number;
  readonly high: number;
  /** Counts take whole values only. */
  readonly whole: boolean;
  /** Answers that are not whole are given to four significant digits of this unit. */
  readonly unitFactor: number;
  readonly met: (x: number) => boolean;
  /** How far from being met; Infinity where that cannot be told. */
  readonly shortfall: (x: number) => number;
}

/** Answers are within this share of the exact bound; whole ones are exact. */
export const TOLERANCE = 1e-3;
const BISECTION_STOP = 1e-6;
const FIRST_STRIDE = 0.01;
const STRIDE_GROWTH = 1.3;
const SMALLEST_SHARE = 1e-6;
const GOLDEN = 0.6180339887498949;

/**
 * The value nearest to the start for which the goal is met; else the value that came closest. Looks outward from the start in
 * both directions, in strides that begin at 1 % and grow by 1.3, then bisects (Burden & Faires, Numerical Analysis, 2.1).
 * Where none is met, a golden-section search around the closest one finds a window that the strides stepped over.
 */
export function nearestMet(search: Search): { readonly met: number } | { readonly closest: number } {
  const start = clamp(search);
  if (search.met(start)) return { met: start };
  const seen = [start];
  const found = [search.high, search.low].flatMap((bound) => {
    let before = start;
    for (const x of outward(search, start, bound)) {
      seen.push(x);
      if (search.met(x)) return [bisect(search, x, before)];
      before = x;
    }
    return [];
  });
  const [best] = found.toSorted((a, b) => Math.abs(a - start) - Math.abs(b - start));
  return best === undefined ? closest(search, start, seen) : { met: best };
}

/** From a value that meets the goal: the last ones below and above it that still do, null where it holds up to the bound. */
export function reachOf(search: Search): { readonly from: number | null; readonly to: number | null } {
  const start = clamp(search);
  const last = (bound: number): number | null => {
    let before = start;
    for (const x of outward(search, start, bound)) {
      if (!search.met(x)) return bisect(search, before, x);
      before = x;
    }
    return null;
  };
  return { from: last(search.low), to: last(search.high) };
}

function clamp({ start, low, high, whole }: Search): number {
  const inside = Math.min(high, Math.max(low, start));
  return whole ? Math.min(Math.floor(high), Math.ceil(inside)) : inside;
}

/** Values from the start towards a bound, the bound last. */
function* outward({ whole }: Search, start: number, bound: number): Generator<number> {
  const up = bound > start;
  const end = whole ? (up ? Math.floor(bound) : Math.ceil(bound)) : bound;
  // From 0, or across it, there is no ratio to go by.
  const ratio = start > 0 && bound >= 0;
  let previous = start;
  for (let stride = FIRST_STRIDE; ; stride *= STRIDE_GROWTH) {
    const scaled = up ? start * (1 + stride) : start / (1 + stride);
    const exact = ratio ? scaled : start + (end - start) * SMALLEST_SHARE * stride;
    const x = whole ? (up ? Math.ceil(exact) : Math.floor(exact)) : exact;
    const behind = up ? x >= end : x <= end;
    if (behind || (!up && ratio && 1 / (1 + stride) < SMALLEST_SHARE)) break;
    if (x === previous) continue;
    yield x;
    previous = x;
  }
  if (up ? end > previous : end < previous) yield end;
}

/** Closes in on the bound between a value that meets the goal and one that does not; returns the side that does. */
function bisect(search: Search, met: number, unmet: number): number {
  let [inside, outside] = [met, unmet];
  for (let i = 0; i < 200; i++) {
    const near = search.whole ? 1 : BISECTION_STOP * Math.max(Math.abs(inside), Math.abs(outside));
    if (Math.abs(inside - outside) <= near) break;
    const middle = search.whole ? Math.floor((inside + outside) / 2) : (inside + outside) / 2;
    if (search.met(middle)) inside = middle;
    else outside = middle;
  }
  return search.whole ? inside : rounded(search, inside, inside > outside);
}

/** Four significant digits; where those do not meet the goal, one more in the last of them, away from where it is not met. */
function rounded({ unitFactor, low, high, met }: Search, exact: number, up: boolean): number {
  const shown = exact / unitFactor;
  const near = Number(shown.toPrecision(4));
  const exponent = Number(shown.toExponential().split('e')[1]);
  const next = near + Number(`1e${exponent - 3}`) * (up ? 1 : -1);
  const candidates = [near, next].map((each) => Number(each.toPrecision(4)) * unitFactor);
  return candidates.find((value) => value >= low && value <= high && met(value)) ?? exact;
}

function closest(search: Search, start: number, seen: readonly number[]): { met: number } | { closest: number } {
  const sorted = seen.toSorted((a, b) => a - b);
  const shortfalls = sorted.map(search.shortfall);
  const best = shortfalls.reduce((index, shortfall, i) => (shortfall < (shortfalls[index] ?? Infinity) ? i : index), 0);
  const top = sorted[best] ?? start;
  const refined = goldenSection(search, sorted[best - 1] ?? top, sorted[best + 1] ?? top);
  const at = search.shortfall(refined) < search.shortfall(top) ? refined : top;
  if (!search.met(at)) return { closest: at };
  const outside = at > start ? (sorted[best - 1] ?? start) : (sorted[best + 1] ?? start);
  return { met: bisect(search, at, outside === at ? start : outside) };
}

/** The least shortfall between two values, of a curve with one valley there (Kiefer 1953). */
function goldenSection({ shortfall, whole }: Search, low: number, high: number): number {
  let [a, b] = [low, high];
  const settle = (x: number): number => (whole ? Math.round(x) : x);
  for (let i = 0; i < 60 && b - a > (whole ? 2 : BISECTION_STOP * Math.abs(b)); i++) {
    const left = settle(b - (b - a) * GOLDEN);
    const right = settle(a + (b - a) * GOLDEN);
    if (shortfall(left) <= shortfall(right)) b = right;
    else a = left;
  }
  const inner = settle((a + b) / 2);
  return [a, inner, b].reduce((best, x) => (shortfall(x) < shortfall(best) ? x : best));
}
