import { compareMetrics } from '../../model/comparison/compare-metrics.ts';
import type { MetricValues } from '../../model/comparison/metric-values.ts';
import { clopperPearson } from './clopper-pearson.ts';
import type { Window } from './window.ts';

const SHIFT = 1.1;
const IDLE_CORES = 0.05;

/** What comparisons of windows came to. */
export interface Evaluation {
  /** Windows a side of each comparison. */
  readonly runs: number;
  readonly comparisons: number;
  /** How many comparisons have no window in common. */
  readonly disjoint: number;
  readonly metrics: number;
  /** Comparisons in which any metric, or p95 of all requests, is said to have changed. */
  readonly anyChanged: number;
  readonly p95Changed: number;
  /** In which p95 is said to have become worse. */
  readonly p95Worse: number;
  readonly p95Noisy: number;
}

type Pair = readonly [before: readonly Window[], after: readonly Window[]];

/** Comparisons of windows in which nothing was changed. */
export function evaluateSame(windows: readonly Window[], runs: number, comparisons: number): Evaluation {
  return evaluate(pairsInTurns(windows, runs, comparisons), windows.length, runs, valuesOf);
}

/** The same, with each latency of one side a tenth longer. */
export function evaluateMultiplied(windows: readonly Window[], runs: number, comparisons: number): Evaluation {
  const longer = (pair: Pair): MetricValues[] =>
    valuesOf(pair).map((each) =>
      each.unit === 's' ? { ...each, after: each.after.map((value) => value * SHIFT) } : each,
    );
  return evaluate(pairsInTurns(windows, runs, comparisons), windows.length, runs, longer);
}

/** Comparisons of windows at the usual load with windows at the raised one, as they were driven. */
export function evaluateShifted(windows: readonly Window[], runs: number, comparisons: number): Evaluation {
  const pairs = starts(windows.length, 2 * runs, comparisons, 4).map((start): Pair => {
    const part = windows.slice(start, start + 2 * runs);
    return [part.filter(({ load }) => load === 1), part.filter(({ load }) => load !== 1)];
  });
  return evaluate(pairs, windows.length, runs, valuesOf);
}

/** Comparisons a b b a a b … over windows that follow each other, begun all along the series. */
function pairsInTurns(windows: readonly Window[], runs: number, comparisons: number): Pair[] {
  return starts(windows.length, 2 * runs, comparisons, 1).map((start): Pair => {
    const part = windows.slice(start, start + 2 * runs);
    const isAfter = (index: number): boolean => index % 4 === 1 || index % 4 === 2;
    return [part.filter((_, index) => !isAfter(index)), part.filter((_, index) => isAfter(index))];
  });
}

/** Evenly over the series; disjoint where there is room for as many, overlapping where not, never twice the same. */
function starts(windows: number, length: number, comparisons: number, grid: number): number[] {
  const room = Math.floor((windows - length) / grid);
  if (room < 0) return [];
  const count = Math.min(comparisons, room + 1);
  const step = Math.min(Math.ceil(length / grid), room / Math.max(1, count - 1));
  return Array.from({ length: count }, (_, index) => grid * Math.floor(index * step));
}

function evaluate(
  pairs: readonly Pair[],
  windows: number,
  runs: number,
  values: (pair: Pair) => MetricValues[],
): Evaluation {
  const compared = pairs.map((pair) => compareMetrics(values(pair)));
  const p95 = compared.flatMap((each) => each.filter(({ metric }) => metric === 'p95(latency)'));
  return {
    runs,
    comparisons: pairs.length,
    disjoint: Math.min(pairs.length, Math.floor(windows / (2 * runs))),
    metrics: Math.max(0, ...compared.map((each) => each.length)),
    anyChanged: compared.filter((each) => each.some(({ status }) => status === 'changed')).length,
    p95Changed: p95.filter(({ status }) => status === 'changed').length,
    p95Worse: p95.filter(({ direction }) => direction === 'worse').length,
    p95Noisy: p95.filter(({ status }) => status === 'too noisy').length,
  };
}

/** The usual metrics but the rate, which the raised load changes by itself. */
function valuesOf([before, after]: Pair): MetricValues[] {
  const all = [...before, ...after];
  const [first] = all;
  const metric = (name: string, unit: MetricValues['unit'], valueOf: (window: Window) => number): MetricValues => ({
    metric: name,
    unit,
    better: 'lower',
    before: before.map(valueOf),
    after: after.map(valueOf),
  });
  const classes = Object.keys(first?.classes ?? {}).filter((name) => all.every((each) => name in each.classes));
  const tiers = Object.keys(first?.cpu ?? {}).filter((tier) => all.every(({ cpu }) => (cpu[tier] ?? 0) >= IDLE_CORES));
  return [
    metric('p50(latency)', 's', ({ p50_s }) => p50_s),
    metric('p95(latency)', 's', ({ p95_s }) => p95_s),
    metric('error_rate', 'share', ({ error_rate }) => error_rate),
    metric('p99(latency)', 's', ({ p99_s }) => p99_s),
    ...classes.map((name) => metric(`p95(${name})`, 's', (window) => window.classes[name] ?? 0)),
    ...tiers.map((tier) => metric(`cpu(${tier})`, 'core', ({ cpu }) => cpu[tier] ?? 0)),
  ];
}

/** `1 of 100 (0.03 % to 5.4 %)`. */
export function shareText(count: number, of: number): string {
  if (of === 0) return 'none compared';
  const { low, high } = clopperPearson(count, of);
  const percent = (share: number): string => `${(share * 100).toPrecision(2)} %`;
  return `${count} of ${of} (${percent(low)} to ${percent(high)})`;
}
