import { describe, expect, test } from 'vitest';
import { busiest } from './busiest.ts';
import { predictorOf } from './predict.ts';
import { congestion_s, fitResponse } from './response-curve.ts';
import { fitWhole } from './response-fits.ts';
import { CORES, MIX, WORK_S, calibrationByHand } from './testing/calibration-by-hand.ts';

describe('response curves', () => {
  test('one core is M/M/1: the wait is ρ S / (1 - ρ)', () => {
    expect(congestion_s(0.01, 0.8, 1)).toBeCloseTo(0.04, 12);
  });

  // L. Kleinrock, Queueing Systems, vol. 1, 1975, ch. 3: C(2, 2ρ) = 2ρ² / (1 + ρ).
  test('two cores wait C S / (2 (1 - ρ))', () => {
    expect(congestion_s(0.01, 0.6, 2)).toBeCloseTo((((2 * 0.36) / 1.6) * 0.01) / 0.8, 12);
  });

  test('there is none at saturation', () => expect(() => congestion_s(0.01, 1, 2)).toThrow(RangeError));

  test('a fit finds what exact points were made of', () => {
    const points = [0.001, 0.002, 0.008].map((x) => ({ congestion_s: x, time_s: 0.003 + 2.5 * x }));
    const { base_s, factor } = fitResponse(points);
    expect(base_s).toBeCloseTo(0.003, 12);
    expect(factor).toBeCloseTo(2.5, 9);
  });

  test('a time that falls as load grows is taken for constant, and never begins below 0', () => {
    const falling = [1, 2, 3].map((x) => ({ congestion_s: x, time_s: 4 - x }));
    expect(fitResponse(falling)).toMatchObject({ factor: 0 });
    const steep = [1, 2, 3].map((x) => ({ congestion_s: x, time_s: x * x }));
    expect(fitResponse(steep).base_s).toBe(0);
  });

  test.each([[[]], [[{ congestion_s: 1, time_s: 1 }]], [[1, 2].map((x) => ({ congestion_s: x, time_s: 0 }))]])(
    'refuses %j',
    (points) => expect(() => fitResponse(points)).toThrow(RangeError),
  );
});

describe('a prediction', () => {
  const predictor = predictorOf(calibrationByHand(), MIX);

  test('uses what the sweep showed', () => {
    const { throughput_per_s, utilisation, tiers, generator_cores } = predictor.predict(MIX, 1000);
    expect(throughput_per_s).toBe(1000);
    expect(utilisation).toBeCloseTo((1000 * WORK_S) / CORES, 9);
    expect(tiers).toEqual([
      { tier: 'app', cores: expect.closeTo(0.55, 9) },
      { tier: 'database', cores: expect.closeTo(0.29, 9) },
    ]);
    expect(generator_cores).toBeCloseTo(0.1, 9);
  });

  test('has the times of the machine, whole and by class', () => {
    const { mean_s, p95_s, classes } = predictor.predict(MIX, 1000);
    const waiting_s = 2 * congestion_s(WORK_S, (1000 * WORK_S) / CORES, CORES);
    expect(mean_s).toBeCloseTo(0.0023 + waiting_s, 9);
    expect(p95_s).toBeCloseTo(3 * (0.0023 + waiting_s), 9);
    expect(classes).toEqual([
      { class: 'read', mean_s: expect.closeTo(0.002 + waiting_s, 9), p95_s: expect.any(Number) },
      { class: 'write', mean_s: expect.closeTo(0.005 + waiting_s, 9), p95_s: expect.any(Number) },
    ]);
  });

  test('of another mix takes the demands of its own classes', () => {
    const writes = predictor.predict(new Map([['write', 1]]), 100);
    expect(writes.utilisation).toBeCloseTo((100 * 3.1e-3) / CORES, 9);
    expect(writes.mean_s ?? 0).toBeGreaterThan(predictor.predict(MIX, 330).mean_s ?? Infinity);
    expect(writes.classes.map((each) => each.class)).toEqual(['write']);
  });

  test('beyond saturation is what saturates, without times', () => {
    const beyond = predictor.predict(MIX, 5000);
    expect(beyond.throughput_per_s).toBeCloseTo(CORES / WORK_S, 3);
    expect(beyond).toMatchObject({ rate_per_s: 5000, utilisation: expect.closeTo(1, 6), mean_s: null, p95_s: null });
  });

  test('finds the rate of a utilisation', () => {
    expect(predictor.rateAt(MIX, 0.47)).toBeCloseTo(1000, 3);
  });

  test('costs less a request where the sweep showed that it does', () => {
    const cheap = calibrationByHand();
    const last = cheap.sweep.at(-1);
    if (!last) throw new Error('no sweep');
    const halved = { ...last, tiers: last.tiers.map(({ tier, cores }) => ({ tier, cores: cores / 2 })) };
    const sweep = [...cheap.sweep.slice(0, -1), halved];
    const { tiers } = predictorOf({ ...cheap, sweep }, MIX).predict(MIX, 1600);
    expect(tiers[0]?.cores).toBeCloseTo((1600 * 0.55e-3) / 2, 9);
  });
});

test('what others use counts as load while fitting, so that servers are not taken for slow', () => {
  const [alone, beside] = [fitWhole(calibrationByHand(2)), fitWhole(calibrationByHand(2, 0.4))];
  expect(beside?.mean.factor).toBeCloseTo(alone?.mean.factor ?? 0, 6);
});

test('a machine that others saturate tells usage and no times', () => {
  const { utilisation, mean_s } = predictorOf(calibrationByHand(2, 2), MIX).predict(MIX, 1000);
  expect([utilisation, mean_s]).toEqual([expect.closeTo(0.47, 6), null]);
});

test('the busiest is a tier of single threads before the machine is', () => {
  const machine = { cores: 8, tiers: [{ tier: 'app', kind: 'express', instances: 1 }] };
  expect(busiest([{ tier: 'app', cores: 0.9 }], 0.1, machine)).toBe(0.9);
  expect(busiest([{ tier: 'database', cores: 6 }], 1, machine)).toBeCloseTo(7 / 8, 12);
});
