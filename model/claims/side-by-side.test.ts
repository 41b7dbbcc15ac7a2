import { describe, expect, it } from 'vitest';
import { parseCriterion } from '../judge/criterion.ts';
import type { Criterion } from '../judge/criterion.ts';
import { classByHand, observationByHand } from '../judge/observation-by-hand.ts';
import type { Observation } from '../observation/observation.ts';
import { sideBySide } from './side-by-side.ts';

function criterion(text: string): Criterion {
  const read = parseCriterion(text);
  if ('problem' in read) throw new Error(read.message);
  return read;
}

function seen(latency_us: number): Observation {
  return observationByHand([classByHand({ latencies: [[latency_us, 1000]] })]);
}

describe('sideBySide', () => {
  it('has the criteria first, then throughput and p95, each once', () => {
    const criteria = ['p95(latency) < 1 s', 'p99(latency) < 1 s in peak', 'p99(latency) < 2 s in peak'].map(criterion);
    const rows = sideBySide(seen(20_000), [seen(10_000)], criteria);
    expect(rows.map(({ metric, phase }) => [metric, phase])).toEqual([
      ['p95(latency)', undefined],
      ['p99(latency)', 'peak'],
      ['rate', undefined],
    ]);
  });

  it('sets the mean of the replications beside what was measured', () => {
    const [row] = sideBySide(seen(20_000), [seen(10_000), seen(12_000)], [criterion('p95(latency) < 1 s')]);
    expect(row?.simulated?.value).toBeCloseTo(0.011, 4);
    expect(row?.measured?.value).toBeCloseTo(0.02, 4);
  });

  it('leaves empty what one of them does not have', () => {
    const [row] = sideBySide(seen(20_000), [], [criterion('cpu(app) < 1 core')]);
    expect(row).toMatchObject({ simulated: null, measured: null });
    expect(sideBySide(seen(20_000), [], [])[0]).toMatchObject({ metric: 'rate', simulated: null });
  });
});
