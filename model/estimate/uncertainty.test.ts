import { describe, expect, it } from 'vitest';
import { readPlan } from '../plan/read-plan.ts';
import { estimate } from './estimate.ts';
import type { Estimate } from './estimate.ts';
import { spreads } from './uncertainty.ts';

const plan = readPlan(
  'plan.yaml',
  `
plan: mine
assume:
  a: { value: 10 req/s, low: 0 req/s, high: 20 req/s, distribution: uniform }
  b: 0..40 req/s
  fixed: 5 req/s
  slow: { value: 9 ms, low: 8 ms, high: 12 ms, distribution: uniform }
derive:
  sum: a + b
  alone: fixed * 2
  ratio: { formula: sum / fixed, unit: '%' }
  wait: mm1_response(100 req/s, slow)
architecture:
  - step: 1
    name: one
    tiers: { app: { kind: express, instances: 2, demand: sum, capacity: 25 req/s/server, price: $5/server/h } }
cost:
  traffic: sum * $0.01/req
`,
);

function drawn(samples: number, seed = 1): Estimate {
  return estimate(plan, {
    sampling: { samples, seed, draw: (of, figures) => spreads(of, figures, { samples, seed }) },
  });
}
const result = drawn(20_000);
const spreadOf = (id: string) => result.quantities.find((quantity) => quantity.id === id)?.spread;

describe('spreads', () => {
  it('gives percentiles of what depends on a range, and of nothing else', () => {
    expect(spreadOf('sum')?.p50).toBeCloseTo(30, 0);
    // The sum of a uniform to 20 and one to 40: P(sum <= x) = x^2 / 1600 below 20.
    expect(spreadOf('sum')?.p5).toBeCloseTo(Math.sqrt(80), 0);
    expect(spreadOf('alone')).toBeUndefined();
    expect(spreadOf('fixed')).toBeUndefined();
  });

  it('is in the unit of the value', () => {
    expect(result.quantities.find(({ id }) => id === 'ratio')).toMatchObject({ value: 600, unit: '%' });
    expect(spreadOf('ratio')?.p50).toBeCloseTo((spreadOf('sum')?.p50 ?? NaN) * 20, 6);
  });

  it('ranks the inputs by the variance that they explain: 20^2 against 40^2', () => {
    const ranking = spreadOf('sum')?.ranking ?? [];
    expect(ranking.map(({ input }) => input).slice(0, 2)).toEqual(['b', 'a']);
    expect(ranking[0]?.share).toBeCloseTo(0.8, 1);
    expect(ranking[1]?.share).toBeCloseTo(0.2, 1);
  });

  it('counts samples without a finite value, and keeps them out of the percentiles that they do not reach', () => {
    // Uniform from 8 to 12 ms at 100 req/s: unstable from 10 ms on, half of the samples.
    expect(spreadOf('wait')).toMatchObject({ unstable: expect.closeTo(0.5, 2), p95: null });
    expect(spreadOf('wait')?.p5).toBeGreaterThan(0.04);
  });

  it('also spreads utilisation and cost', () => {
    const [step] = result.steps;
    expect(step?.tiers[0]?.utilisationSpread?.p50).toBeCloseTo(0.6, 1);
    const cost = step?.cost?.spread_usd_per_s;
    expect(cost?.p50).toBeCloseTo(10 / 3600 + 0.3, 1);
  });

  it('gives the same bytes for a seed, whatever ran before', () => {
    expect(JSON.stringify(drawn(500, 7))).toBe(JSON.stringify(drawn(500, 7)));
    expect(spreadsText(7)).not.toBe(spreadsText(8));
  });

  it('gives what it gave when this was written', () => {
    expect(spreadOf('sum')).toMatchObject({ p5: GOLDEN[0], p50: GOLDEN[1], p95: GOLDEN[2] });
  });
});

function spreadsText(seed: number): string {
  return JSON.stringify(drawn(500, seed).quantities);
}

/** To the last bit: the arithmetic behind it is the same on every platform. */
const GOLDEN = [8.92965388912207, 30.069050573862157, 51.1948205135656];
