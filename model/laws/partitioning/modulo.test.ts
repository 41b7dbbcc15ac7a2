import { assert, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { moduloMovedShare, moduloNode } from './modulo.ts';
import { movedShare } from './moved-share.ts';

const KEYS = Array.from({ length: 20_000 }, (_, key) => key);

// n / (n + 1) when one is added; half of the keys when the number doubles.
test.each([
  [1, 2, 1 / 2],
  [4, 5, 4 / 5],
  [99, 100, 99 / 100],
  [4, 8, 1 / 2],
  [4, 6, 2 / 3],
  [6, 4, 2 / 3],
  [5, 5, 0],
])('from %i to %i nodes %d of the keys move', (from, to, expected) => {
  expect(moduloMovedShare(from, to)).toBeCloseTo(expected, 14);
});

test('keys move as the formula says', () => {
  const nodes = integer({ min: 1, max: 40 });
  assert(
    property(nodes, nodes, (from, to) => {
      const moved = movedShare(
        KEYS,
        (key) => moduloNode(key, from),
        (key) => moduloNode(key, to),
      );
      // Five standard deviations of a share of 20,000 keys.
      expect(Math.abs(moved - moduloMovedShare(from, to))).toBeLessThan(0.018);
    }),
  );
});

test('every key has a node below the number of nodes', () => {
  expect(KEYS.every((key) => moduloNode(key, 7) < 7)).toBe(true);
  expect(() => moduloNode('a', 0)).toThrow('nodes');
  expect(() => moduloMovedShare(1, 0)).toThrow('after');
});
