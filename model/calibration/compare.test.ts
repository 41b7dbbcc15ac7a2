import { describe, expect, test } from 'vitest';
import { comparePrediction, isNear } from './compare.ts';
import type { MeasuredLoad } from './compare.ts';
import { predictorOf } from './predict.ts';
import { MIX, calibrationByHand } from './testing/calibration-by-hand.ts';

const WHERE = { scenario: 'moderate', step: 1, phase: 'steady' };
const predicted = predictorOf(calibrationByHand(), MIX).predict(MIX, 1000);
const same: MeasuredLoad = {
  throughput_per_s: 1000,
  tiers: predicted.tiers,
  utilisation: predicted.utilisation,
  mean_s: predicted.mean_s ?? 0,
  p95_s: predicted.p95_s ?? 0,
};

describe('prediction and measurement', () => {
  test('that agree are near in every quantity', () => {
    const rows = comparePrediction(WHERE, predicted, same, 2);
    expect(rows.map(({ quantity }) => quantity)).toEqual([
      'throughput',
      'utilisation',
      'utilisation of app',
      'utilisation of database',
      'mean',
      'p95',
    ]);
    expect(rows.every((row) => row.error === 0 && isNear(row))).toBe(true);
  });

  test.each([
    ['throughput', { throughput_per_s: 940 }],
    ['utilisation', { utilisation: predicted.utilisation * 0.9 }],
    ['mean', { mean_s: (predicted.mean_s ?? 0) * 1.2 }],
    ['p95', { p95_s: (predicted.p95_s ?? 0) * 0.75 }],
  ])('that differ in %s are not', (quantity, other) => {
    const rows = comparePrediction(WHERE, predicted, { ...same, ...other }, 2);
    expect(rows.filter((row) => !isNear(row)).map((row) => row.quantity)).toEqual([quantity]);
  });

  test('errors are shares of what was measured', () => {
    const [throughput] = comparePrediction(WHERE, predicted, { ...same, throughput_per_s: 800 }, 2);
    expect(throughput?.error).toBeCloseTo(0.25, 12);
  });

  test('nothing measured is not near, and a tier that does next to nothing has no row', () => {
    const idle = { ...same, throughput_per_s: 0, tiers: [{ tier: 'app', cores: 0.01 }] };
    const rows = comparePrediction(WHERE, predicted, idle, 2);
    expect(rows[0]).toMatchObject({ quantity: 'throughput', error: null });
    expect(rows.filter((row) => !isNear(row))).toHaveLength(1);
    expect(rows.map(({ quantity }) => quantity)).not.toContain('utilisation of app');
  });

  test('beyond what is promised nothing is held to anything', () => {
    const beyond = predictorOf(calibrationByHand(), MIX).predict(MIX, 5000);
    const rows = comparePrediction(WHERE, beyond, same, 2);
    expect(rows.map(({ quantity, within }) => [quantity, within])).toEqual([
      ['throughput', null],
      ['utilisation', null],
      ['utilisation of app', null],
      ['utilisation of database', null],
    ]);
  });
});
