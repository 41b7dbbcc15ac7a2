import { array, assert, constantFrom, integer, property, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { KeyIndex } from './key-index.ts';

/** Their search begins at the last two places of an index of the smallest size, so that they push each other around its end. */
const CROWDED = [377, 987, 1364, 1974, 2584, 2961, 3571, 3948, 4558, 5168, 5545, 6155, 6765, 7142];
/** These begin elsewhere, 0 and the largest key among them. */
const KEYS = [...CROWDED, 0, 1, 2, 2 ** 31 - 1];

test('is a map, whatever is set and deleted in whatever order', () => {
  const step = tuple(constantFrom('set', 'set', 'delete'), constantFrom(...KEYS), integer({ min: 1, max: 9 }));
  assert(
    property(array(step, { maxLength: 100, size: 'max' }), (steps) => {
      const [index, map] = [new KeyIndex(), new Map<number, number>()];
      for (const [kind, key, slot] of steps) {
        if (kind === 'set') {
          index.set(key, slot);
          map.set(key, slot);
        } else {
          index.delete(key);
          map.delete(key);
        }
        expect(index.size).toBe(map.size);
        expect(KEYS.map((k) => index.get(k))).toEqual(KEYS.map((k) => map.get(k) ?? 0));
      }
    }),
  );
});

test('grows, and shrinks to nothing', () => {
  const index = new KeyIndex();
  for (let key = 0; key < 10_000; key++) index.set(key * 7, key + 1);
  expect(index.size).toBe(10_000);
  for (let key = 0; key < 10_000; key++) expect(index.get(key * 7)).toBe(key + 1);
  for (let key = 0; key < 10_000; key += 2) index.delete(key * 7);
  for (let key = 0; key < 10_000; key++) expect(index.get(key * 7)).toBe(key % 2 === 0 ? 0 : key + 1);
  index.clear();
  expect([index.size, index.get(7)]).toEqual([0, 0]);
});
