import type { Pattern } from '../plan/plan.ts';
import type { RatePiece } from '../workload/workload.ts';

/** A part of the patterns' own time line. Patterns repeat after their period, and multiply each other. */
export interface PatternWindow {
  readonly patterns: readonly Pattern[];
  readonly from_s: number;
  readonly until_s: number;
}

/** Borders nearer to each other than this are one. */
const SAME_S = 1e-6;

/** The window drawn into `duration_s`: constant pieces of `rate_per_s` times the product of the patterns' factors. */
export function patternPieces(window: PatternWindow, rate_per_s: number, duration_s: number): RatePiece[] {
  const borders_s = bordersOf(window);
  const scale = duration_s / (window.until_s - window.from_s);
  return borders_s.slice(1).map((end_s, index) => {
    const start_s = borders_s[index] ?? window.from_s;
    const rate = rate_per_s * factorAt(window.patterns, (start_s + end_s) / 2);
    return { duration_s: (end_s - start_s) * scale, rate_per_s: rate, rate_end_per_s: rate };
  });
}

/** The longest of the patterns' periods, after which they begin anew. */
export function longestPeriod_s(patterns: readonly Pattern[]): number {
  return Math.max(...patterns.map(({ period_s }) => period_s));
}

/** The highest factor over the longest period. */
export function highestFactor(patterns: readonly Pattern[]): number {
  const window = { patterns, from_s: 0, until_s: longestPeriod_s(patterns) };
  const pieces = patternPieces(window, 1, window.until_s);
  return pieces.reduce((highest, piece) => Math.max(highest, piece.rate_per_s), 0);
}

/** How many borders there are at most; cheap, for a bound before they are listed. */
export function borderCount({ patterns, from_s, until_s }: PatternWindow): number {
  return patterns.reduce((sum, { parts, period_s }) => sum + parts.length * ((until_s - from_s) / period_s + 2), 2);
}

function bordersOf({ patterns, from_s, until_s }: PatternWindow): number[] {
  const inside = patterns.flatMap(({ parts, period_s }) => {
    const first = Math.floor(from_s / period_s);
    const periods = Array.from({ length: Math.ceil(until_s / period_s) - first }, (_, index) => first + index);
    return periods.flatMap((period) => parts.map((part) => period * period_s + part.from_s));
  });
  const kept = [from_s];
  for (const at_s of inside.toSorted((a, b) => a - b)) {
    if (at_s - (kept.at(-1) ?? 0) > SAME_S && until_s - at_s > SAME_S) kept.push(at_s);
  }
  return [...kept, until_s];
}

function factorAt(patterns: readonly Pattern[], at_s: number): number {
  return patterns.reduce((product, { parts, period_s }) => {
    const within_s = at_s % period_s;
    return product * (parts.findLast((part) => part.from_s <= within_s)?.factor ?? 0);
  }, 1);
}
