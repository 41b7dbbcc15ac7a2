import { expect, test } from 'vitest';
import { readCapacity_per_s, writeAmplification } from './read-capacity.ts';

// By hand: 3 × (5,000 - 2 × 1,400).
test.each([
  [3, 5000, 2, 1400, 6600],
  [3, 5000, 1, 0, 15_000],
  [3, 5000, 1, 9000, 0],
  [0, 5000, 1, 100, 0],
])(
  '%i replicas of %d reads/s, %d reads a replayed write, %d writes/s: %d',
  (replicas, capacity, cost, writes, expected) => {
    const set = { replicas, capacity_per_s: capacity, replayCost: cost, writes_per_s: writes };
    expect(readCapacity_per_s(set)).toBe(expected);
  },
);

test('each write is carried out on the primary and on every replica', () => {
  expect(writeAmplification(0)).toBe(1);
  expect(writeAmplification(3)).toBe(4);
  expect(() => writeAmplification(1.5)).toThrow('replicas');
});

test.each(['capacity_per_s', 'replayCost', 'writes_per_s', 'replicas'])('refuses a negative %s', (name) => {
  const set = { replicas: 1, capacity_per_s: 1, replayCost: 1, writes_per_s: 1, [name]: -1 };
  expect(() => readCapacity_per_s(set)).toThrow(name);
});
