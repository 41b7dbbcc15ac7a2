import { expect, test } from 'vitest';
import { backOff_ms } from './back-off.ts';

test('no rest after a first failure, then doubling from 10 ms to 1 s', () => {
  const rests = Array.from({ length: 12 }, (_, failures) => backOff_ms(failures, 1));
  expect(rests).toEqual([0, 0, 10, 20, 40, 80, 160, 320, 640, 1000, 1000, 1000]);
  expect(backOff_ms(1e6, 1)).toBe(1000);
});

test('spread over the upper half', () => {
  expect(backOff_ms(3, 0)).toBe(10);
  expect(backOff_ms(3, 0.5)).toBe(15);
});
