import { assert, double, property } from 'fast-check';
import { expect, test } from 'vitest';
import { backendRate_per_s, effectiveLatency_s, reliefFactor, twoLevelHitRatio } from './hit-ratio.ts';

test.each([
  [0.8, 0.001, 0.05, 0.011],
  [1, 0.001, 0.05, 0.001],
  [0, 0.001, 0.05, 0.051],
])('hit ratio %d, cache %d s, backend %d s: %d s', (ratio, cache_s, backend_s, expected) => {
  expect(effectiveLatency_s(ratio, cache_s, backend_s)).toBeCloseTo(expected, 14);
});

test('80 % hits leave a fifth of the reads: 9,600 of 48,000 per second', () => {
  expect(backendRate_per_s(0.8, 48_000)).toBeCloseTo(9600, 9);
  expect(reliefFactor(0.8)).toBeCloseTo(5, 14);
  expect(reliefFactor(1)).toBe(Infinity);
});

test('two levels answer what either does, and are passed by what passes both', () => {
  expect(twoLevelHitRatio(0.9, 0.8)).toBeCloseTo(0.98, 14);
  const ratio = double({ min: 0, max: 1, noNaN: true });
  assert(
    property(ratio, ratio, (first, second) => {
      const both = twoLevelHitRatio(first, second);
      expect(both).toBeGreaterThanOrEqual(Math.max(first, second) - 1e-15);
      expect(both).toBeLessThanOrEqual(1);
      expect(backendRate_per_s(both, 1)).toBeCloseTo(backendRate_per_s(second, backendRate_per_s(first, 1)), 14);
    }),
  );
});

test('refuses percentages', () => {
  expect(() => effectiveLatency_s(80, 1, 1)).toThrow('share from 0 to 1');
  expect(() => twoLevelHitRatio(0.5, 80)).toThrow('second');
});
