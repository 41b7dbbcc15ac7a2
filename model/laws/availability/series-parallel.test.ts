import { array, assert, double, property } from 'fast-check';
import { expect, test } from 'vitest';
import { parallelAvailability, seriesAvailability } from './series-parallel.ts';

// From the definitions: 0.99 × 0.95, 1 - 0.01 × 0.05, and so on.
test.each([
  [[], 1, 0],
  [[0.999], 0.999, 0.999],
  [[0.99, 0.95], 0.9405, 0.9995],
  [[0.9, 0.9, 0.9], 0.729, 0.999],
])('%j: %d in series, %d in parallel', (parts, series, parallel) => {
  expect(seriesAvailability(parts)).toBeCloseTo(series, 14);
  expect(parallelAvailability(parts)).toBeCloseTo(parallel, 14);
});

test('series is no better than the worst part, parallel no worse than the best, both within 0 to 1', () => {
  const parts = array(double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 8 });
  assert(
    property(parts, (values) => {
      const series = seriesAvailability(values);
      const parallel = parallelAvailability(values);
      expect(series).toBeGreaterThanOrEqual(0);
      expect(series).toBeLessThanOrEqual(Math.min(...values));
      expect(parallel).toBeLessThanOrEqual(1);
      expect(parallel).toBeGreaterThanOrEqual(Math.max(...values) - 1e-15);
    }),
  );
});

test('refuses what is no availability', () => {
  expect(() => seriesAvailability([0.9, 99])).toThrow(RangeError);
  expect(() => parallelAvailability([-0.1])).toThrow(RangeError);
});
