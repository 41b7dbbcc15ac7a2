import { assert, double, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { kOfNAvailability } from './k-of-n.ts';
import { parallelAvailability, seriesAvailability } from './series-parallel.ts';

// Binomial sums with 30 digits. 2 of 3 is 3A² - 2A³, triple modular redundancy.
test.each([
  [0.9, 2, 3, 0.972],
  [0.99, 3, 5, 0.9999901494],
  [0.5, 2500, 5000, 0.50564161374774],
  [0.99, 9900, 10_000, 0.526562534058158],
  [0, 1, 3, 0],
  [1, 3, 3, 1],
  [0, 0, 3, 1],
  [0.9, 4, 3, 0],
  [1, 4, 3, 0],
])('at %d each, %i of %i are up with %d', (availability, needed, total, expected) => {
  expect(kOfNAvailability(availability, needed, total)).toBeCloseTo(expected, 12);
});

test('all needed is series, one needed is parallel, and needing more is never better', () => {
  const availability = double({ min: 0, max: 1, noNaN: true });
  assert(
    property(availability, integer({ min: 1, max: 40 }), (each, total) => {
      const parts = Array.from({ length: total }, () => each);
      expect(kOfNAvailability(each, total, total)).toBeCloseTo(seriesAvailability(parts), 12);
      expect(kOfNAvailability(each, 1, total)).toBeCloseTo(parallelAvailability(parts), 12);
      const byNeed = parts.map((_, i) => kOfNAvailability(each, i + 1, total));
      expect(byNeed).toEqual(byNeed.toSorted((a, b) => b - a));
      expect(byNeed.every((value) => value >= 0 && value <= 1)).toBe(true);
    }),
  );
});

test('refuses parts that are no whole number', () => {
  expect(() => kOfNAvailability(0.9, 1.5, 3)).toThrow(RangeError);
  expect(() => kOfNAvailability(0.9, 1, -1)).toThrow(RangeError);
});
