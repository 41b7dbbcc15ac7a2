import { expect, test } from 'vitest';
import { lagGrowth } from './lag-growth.ts';

test.each([
  [1000, 750, 0.25],
  [1000, 0, 1],
  [1000, 1000, 0],
  [1000, 2000, 0],
  [0, 0, 0],
])('%d writes/s, %d replayed: %d s each second', (writes_per_s, replay_per_s, expected) => {
  expect(lagGrowth(writes_per_s, replay_per_s)).toBe(expected);
});

test('refuses negative rates', () => {
  expect(() => lagGrowth(-1, 1)).toThrow('writes_per_s');
  expect(() => lagGrowth(1, -1)).toThrow('replay_per_s');
});
