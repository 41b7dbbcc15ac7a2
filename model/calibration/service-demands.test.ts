import { describe, expect, test } from 'vitest';
import { estimateOf, median } from './estimate.ts';
import { interpolate } from './interpolate.ts';
import { foreignCores, ownCores } from './load-window.ts';
import type { LoadWindow } from './load-window.ts';
import { classCalibration, sweepPoint } from './service-demands.ts';

const RESPONSE = { mean_s: 0.002, p95_s: 0.004, requests: 1000 };

/** A second in which `answered` requests took `app_s` of the app, and 50 ms of the generator. */
function windowOf(answered: number, app_s: number): LoadWindow {
  return {
    seconds: 1,
    answered,
    failed: 0,
    tiers: [{ tier: 'app', cpu_s: app_s, written_bytes: 4096 * answered, read_bytes: null }],
    generator_s: 0.05,
    machine_s: app_s + 0.25,
    counters: { 'database.queries': 3 * answered, 'cache.hits': 0 },
  };
}

describe('service demands', () => {
  // D = U / X, P. J. Denning and J. P. Buzen 1978: (0.3 - 0.02) / 100 and (0.34 - 0.02) / 100.
  test('are busy time beyond the background, over the requests answered', () => {
    const windows = [windowOf(100, 0.3), windowOf(100, 0.34)];
    const found = classCalibration({ class: 'read', windows, response: RESPONSE }, [{ tier: 'app', cores: 0.02 }], 2);
    expect(found.throughput_per_s).toBe(100);
    expect(found.utilisation).toBeCloseTo(0.37 / 2, 12);
    // s = 0.0002828, t(97.5 %, 1) = 12.706.
    expect(found.demands).toEqual([
      {
        tier: 'app',
        cpu_s: { value: expect.closeTo(0.003, 12), halfWidth95: expect.closeTo(12.7062 * 0.0002, 6) },
        written_bytes: 4096,
      },
    ]);
    expect(found.generator_s.value).toBeCloseTo(0.0005, 12);
    expect(found.counters).toEqual({ 'database.queries': 3 });
  });

  test('need an answer', () => {
    const windows = [windowOf(0, 0.1)];
    expect(() => classCalibration({ class: 'read', windows, response: RESPONSE }, [], 2)).toThrow('`read`');
  });
});

test('a sweep point is the middle of its windows', () => {
  const windows = [windowOf(100, 0.3), windowOf(300, 0.5), windowOf(110, 0.31)];
  expect(sweepPoint(windows, RESPONSE, [])).toMatchObject({
    throughput_per_s: 110,
    tiers: [{ tier: 'app', cores: 0.31 }],
    generator_cores: 0.05,
    foreign_cores: expect.closeTo(0.2, 12),
  });
});

test('others have what the machine did and neither stack nor generator', () => {
  const window = windowOf(100, 0.3);
  expect(ownCores(window)).toBeCloseTo(0.35, 12);
  expect(foreignCores(window)).toBeCloseTo(0.2, 12);
  expect(foreignCores({ ...window, machine_s: 0.34 })).toBe(0);
});

test('an estimate', () => {
  expect(estimateOf([1, 2, 3])).toEqual({ value: 2, halfWidth95: expect.closeTo(4.30265 / Math.sqrt(3), 5) });
  expect(estimateOf([1]).halfWidth95).toBe(Infinity);
  expect(() => estimateOf([])).toThrow(RangeError);
});

test('a median', () => {
  expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([])]).toEqual([2, 2.5, 0]);
});

test('interpolation goes straight between points and level outside', () => {
  const points = [
    { x: 1, y: 10 },
    { x: 3, y: 20 },
  ];
  expect([0, 1, 2, 3, 9].map((x) => interpolate(points, x))).toEqual([10, 10, 15, 20, 20]);
  expect(() => interpolate([], 1)).toThrow(RangeError);
});
