import { array, assert, constantFrom, double, nat, oneof, property } from 'fast-check';
import { expect, test } from 'vitest';
import { select } from './select.ts';

test('puts at its rank what sorting would put there, with nothing larger before and nothing smaller behind', () => {
  // Few distinct values make many ties.
  const value = oneof(double({ noNaN: true }), constantFrom(0, 1, 2, Infinity, -Infinity));
  const check = property(array(value, { minLength: 1, maxLength: 60 }), nat(), nat(), (list, a, b) => {
    const sorted = Float64Array.from(list).toSorted();
    const values = Float64Array.from(list);
    const [low = 0, high = 0] = [a % list.length, b % list.length].toSorted((x, y) => x - y);
    select(values, low, 0);
    select(values, high, low);
    for (const rank of [low, high]) {
      // 0 and -0 are the same to a comparison.
      expect((values[rank] ?? NaN) + 0).toBe((sorted[rank] ?? NaN) + 0);
      expect(values.subarray(0, rank).every((each) => each <= (values[rank] ?? NaN))).toBe(true);
      expect(values.subarray(rank).every((each) => each >= (values[rank] ?? NaN))).toBe(true);
    }
    expect(values.toSorted().join()).toBe(sorted.join());
  });
  expect(() => assert(check, { numRuns: 500 })).not.toThrow();
});
