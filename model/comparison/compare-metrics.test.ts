import { describe, expect, it } from 'vitest';
import { compareMetrics } from './compare-metrics.ts';
import type { MetricValues } from './metric-values.ts';

/** Values that spread by some percent around a middle, in a fixed order. */
const around = (middle: number, spread: number, runs: number) =>
  Array.from({ length: runs }, (_, index) => middle * (1 + spread * (((index * 0.618_034 + 0.1) % 1) - 0.5)));
const p95 = (before: readonly number[], after: readonly number[]): MetricValues => ({
  metric: 'p95(latency)',
  unit: 's',
  better: 'lower',
  before,
  after,
});
const one = (values: MetricValues, options = {}) => {
  const [comparison] = compareMetrics([values], options);
  if (!comparison) throw new Error('nothing was compared');
  return comparison;
};

describe('a metric of two sets of runs', () => {
  it('changed for the worse: proven, and by more than what matters', () => {
    const found = one(p95(around(0.2, 0.04, 8), around(0.22, 0.04, 8)));
    expect(found).toMatchObject({ status: 'changed', direction: 'worse', effect: 1 });
    expect(found.shift?.value).toBeCloseTo(0.1, 2);
    expect(found.p).toBeCloseTo(2 / 12_870, 9);
    expect(found.because).toMatch(/^\+\d+(\.\d+)? % \[.*\] in 8 and 8 runs; by chance in 0\.016 % of such comparisons/);
  });

  it('changed for the better, of a metric where more is better', () => {
    const rate: MetricValues = { ...p95(around(100, 0.02, 6), around(120, 0.02, 6)), metric: 'rate', unit: 'req/s' };
    expect(one({ ...rate, better: 'higher' })).toMatchObject({ status: 'changed', direction: 'better' });
    expect(one({ ...rate, better: 'lower' })).toMatchObject({ direction: 'worse' });
    const { better: _better, ...neither } = rate;
    expect(one(neither)).not.toHaveProperty('direction');
  });

  it('did not change when the whole interval is within what matters, proven or not', () => {
    expect(one(p95(around(0.2, 0.02, 8), around(0.2, 0.02, 8)))).toMatchObject({ status: 'unchanged' });
    const small = one(p95(around(0.2, 0.005, 8), around(0.204, 0.005, 8)));
    expect(small.p).toBeLessThan(0.001);
    expect(small).toMatchObject({ status: 'unchanged' });
    expect(small).not.toHaveProperty('direction');
  });

  it('is too noisy when neither is proven, with the runs that would tell', () => {
    const found = one(p95(around(0.2, 0.4, 5), around(0.22, 0.4, 5)));
    expect(found).toMatchObject({ status: 'too noisy' });
    expect(found.runsNeeded).toBeGreaterThan(20);
    expect(found.because).toContain(`about ${found.runsNeeded} more runs of each would tell`);
  });

  it('never proves anything with one run against one, whatever the difference', () => {
    const found = one(p95([0.2], [0.9]));
    // 2 / C(10, 5) is the first that is below 1 %.
    expect(found).toMatchObject({ status: 'too noisy', before: 0.2, after: 0.9, runsNeeded: 4 });
    expect(found).not.toHaveProperty('shift');
    expect(one(p95([0.2], [0.2])).status).toBe('too noisy');
  });

  it('has no data where a side has none', () => {
    expect(one(p95([], [0.2]))).toMatchObject({ status: 'no data', after: 0.2, because: 'no run before has it' });
    expect(one(p95([], []))).toMatchObject({ status: 'no data', because: 'no run before or after has it' });
  });

  it('takes the magnitude that is asked for', () => {
    const shifted = p95(around(0.2, 0.02, 8), around(0.208, 0.02, 8));
    expect(one(shifted).status).toBe('unchanged');
    expect(one(shifted, { magnitude: 0.02 }).status).toBe('changed');
  });
});

describe('shares', () => {
  const errors = (before: readonly number[], after: readonly number[]): MetricValues => ({
    ...p95(before, after),
    metric: 'error_rate',
    unit: 'share',
  });

  it('change by points, a tenth of the magnitude at least', () => {
    const none = [0, 0, 0, 0, 0, 0];
    expect(one(errors(none, none))).toMatchObject({ status: 'unchanged', magnitude: 0.005 });
    expect(one(errors(none, [0.0001, 0.0002, 0, 0.0001, 0.0003, 0])).status).toBe('unchanged');
    const more = one(errors(none, [0.02, 0.021, 0.022, 0.023, 0.024, 0.025]));
    expect(more).toMatchObject({ status: 'changed', direction: 'worse' });
    expect(more.because).toContain('+2.25 points');
  });
});

describe('values that are 0', () => {
  it('change without a size when they were 0 before', () => {
    const counter: MetricValues = {
      metric: 'counter(lost)',
      unit: 'count',
      before: [0, 0, 0, 0, 0],
      after: [3, 4, 5, 6, 7],
    };
    expect(one(counter)).toMatchObject({ status: 'changed', effect: 1 });
    expect(one(counter)).not.toHaveProperty('shift');
    expect(one({ ...counter, after: [0, 0, 0, 0, 0] })).toMatchObject({ status: 'unchanged', shift: { value: 0 } });
  });
});

describe('several metrics', () => {
  it('ask for more proof each', () => {
    const clear = p95(around(0.2, 0.04, 5), around(0.25, 0.04, 5));
    const others = [1, 2, 3].map((n) => ({
      ...p95(around(n, 0.01, 5), around(n, 0.01, 5)),
      metric: `p95(class-${n})`,
    }));
    expect(one(clear).status).toBe('changed');
    const [together] = compareMetrics([clear, ...others]);
    expect(together).toMatchObject({ status: 'too noisy' });
    expect(together?.pAdjusted).toBeCloseTo((4 * 2) / 252, 9);
  });
});
