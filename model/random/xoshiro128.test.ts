import { expect, test } from 'vitest';
import { nextUint32, seedState } from './xoshiro128.ts';

test('yields the reference sequence of xoshiro128** for the state 1, 2, 3, 4', () => {
  const state = Uint32Array.from([1, 2, 3, 4]);
  // Computed apart from this code, with the steps of https://prng.di.unimi.it/xoshiro128starstar.c in the order given there.
  const expected = [
    11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
  ];
  expect(Array.from({ length: 10 }, () => nextUint32(state))).toEqual(expected);
});

test('gives other states to neighbouring seeds, to the upper half of a seed and to other streams', () => {
  const states = [
    seedState(1, 'a'),
    seedState(2, 'a'),
    seedState(1 + 2 ** 32, 'a'),
    seedState(1, 'b'),
    seedState(-1, 'a'),
    seedState(0, ''),
  ].map((state) => state.join());
  expect(new Set(states).size).toBe(states.length);
  expect(states).not.toContain('0,0,0,0');
});

test('refuses seeds that are no integers', () => {
  expect(() => seedState(0.5, 'a')).toThrow(RangeError);
  expect(() => seedState(2 ** 60, 'a')).toThrow(RangeError);
});
