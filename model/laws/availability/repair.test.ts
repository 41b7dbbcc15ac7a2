import { expect, test } from 'vitest';
import { repairedAvailability } from './repair.ts';

// By the definition: up 999 h, then down 1 h.
test.each([
  [999, 1, 0.999],
  [1, 1, 0.5],
  [10, 0, 1],
])('%d between failures and %d to repair: %d', (mtbf, mttr, expected) => {
  expect(repairedAvailability(mtbf, mttr)).toBeCloseTo(expected, 15);
});

test('refuses times that are none', () => {
  expect(() => repairedAvailability(0, 1)).toThrow('mtbf_s');
  expect(() => repairedAvailability(1, -1)).toThrow('mttr_s');
});
