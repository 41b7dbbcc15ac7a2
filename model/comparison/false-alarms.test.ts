import { describe, expect, it } from 'vitest';
import { createRandom } from '../random/random.ts';
import type { Random } from '../random/random.ts';
import { normalQuantile } from '../uncertainty/normal-quantile.ts';
import { compareMetrics } from './compare-metrics.ts';
import type { MetricValues } from './metric-values.ts';

/** Metrics of one run: nine tenths of the spread of each is the machine's and common to all. */
const METRICS = 15;
const RUNS = 12;
const COMPARISONS = 200;
/** Standard deviation of a run's p95 as a part of it, and how much of it the next run keeps. */
const SPREAD = 0.04;
const KEPT = 0.5;
const SHIFT = 0.1;

/** p95 and its companions of runs that follow each other on one machine: log-normal, each keeping half of what the one before was off by. */
function runsOf(random: Random, count: number): number[][] {
  let machine = SPREAD * normal(random);
  return Array.from({ length: count }, () => {
    machine = KEPT * machine + Math.sqrt(1 - KEPT ** 2) * SPREAD * normal(random);
    return Array.from({ length: METRICS }, (_, index) =>
      Math.exp(index + Math.sqrt(0.9) * machine + Math.sqrt(0.1) * SPREAD * normal(random)),
    );
  });
}

function normal(random: Random): number {
  return normalQuantile((random.uint32() + 0.5) / 2 ** 32);
}

/** ABBA: in each round one side comes first, in the next the other. */
function inTurns(runs: readonly (readonly number[])[], factor: number): MetricValues[] {
  const isAfter = (index: number): boolean => index % 4 === 1 || index % 4 === 2;
  return Array.from({ length: METRICS }, (_, metric) => ({
    metric: `p95(class-${metric})`,
    unit: 's',
    better: 'lower',
    before: runs.flatMap((run, index) => (isAfter(index) ? [] : [run[metric] ?? 0])),
    after: runs.flatMap((run, index) => (isAfter(index) ? [(run[metric] ?? 0) * factor] : [])),
  }));
}

describe(`comparisons of ${METRICS} metrics over ${RUNS} runs a side that follow each other on one machine`, () => {
  it('raise a false alarm in at most one of a hundred', () => {
    const random = createRandom(1, 'comparisons');
    const alarms = Array.from({ length: COMPARISONS }, () =>
      compareMetrics(inTurns(runsOf(random, 2 * RUNS), 1)).some(({ status }) => status === 'changed'),
    );
    expect(alarms.filter(Boolean).length).toBeLessThanOrEqual(0.01 * COMPARISONS);
  });

  it('find a shift of 10 % in at least nine of ten, and take none for unchanged', () => {
    const random = createRandom(2, 'comparisons');
    const statuses = Array.from({ length: COMPARISONS }, () => {
      const [first] = compareMetrics(inTurns(runsOf(random, 2 * RUNS), 1 + SHIFT));
      return `${first?.status} ${first?.direction}`;
    });
    expect(statuses.filter((each) => each === 'changed worse').length).toBeGreaterThanOrEqual(0.9 * COMPARISONS);
    expect(statuses.filter((each) => each.startsWith('unchanged')).length).toBeLessThanOrEqual(0.01 * COMPARISONS);
  });

  it('ask for about as many runs as it then takes', () => {
    const random = createRandom(4, 'runs needed');
    const needed: number[] = [];
    for (let round = 0; round < 100; round++) {
      const [first] = compareMetrics(inTurns(runsOf(random, 10), 1 + SHIFT));
      if (first?.runsNeeded !== undefined) needed.push(5 + first.runsNeeded);
    }
    expect(needed.length).toBeGreaterThan(50);
    const typical = needed.toSorted((a, b) => a - b)[Math.floor(needed.length / 2)] ?? 0;
    expect(typical).toBeGreaterThanOrEqual(8);
    expect(typical).toBeLessThanOrEqual(20);
  });
});
