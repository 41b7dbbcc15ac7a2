import { expect, test } from 'vitest';
import { balance } from './balance.ts';
import { moduloNode } from './modulo.ts';

const KEYS = Array.from({ length: 50_000 }, (_, key) => key);

// 3, 1 and 2 keys on three nodes: mean 2, variance 2/3.
test('sets the fullest node against the mean one', () => {
  const nodeOf = (key: string | number): string => String(key).slice(0, 1);
  const { maxOverMean, deviation } = balance(['a1', 'a2', 'a3', 'b1', 'c1', 'c2'], ['a', 'b', 'c'], nodeOf);
  expect(maxOverMean).toBe(1.5);
  expect(deviation).toBeCloseTo(Math.sqrt(2 / 3) / 2, 14);
});

test('counts nodes that got nothing', () => {
  expect(balance([1, 2], [0, 1], () => 0)).toEqual({ maxOverMean: 2, deviation: 1 });
});

test('modulo is even but for chance', () => {
  const nodes = Array.from({ length: 10 }, (_, node) => node);
  // The counts of 50,000 keys on 10 nodes deviate by sqrt(9 / 50,000) = 1.3 %.
  expect(balance(KEYS, nodes, (key) => moduloNode(key, 10)).deviation).toBeLessThan(0.03);
});

test('refuses no keys, no nodes and strangers', () => {
  expect(() => balance([], ['a'], () => 'a')).toThrow('at least one key');
  expect(() => balance([], [], () => 'a')).toThrow(RangeError);
  expect(() => balance([1], ['a'], () => 'b')).toThrow('not among the nodes');
});
