import { assert, integer, property } from 'fast-check';
import { expect, it } from 'vitest';
import { shuffled } from './shuffle.ts';

const BOXES = ['core', 'scale', 'availability', 'async', 'cdn', 'services'];

it('has all items, in the order of the seed and never in their own', () => {
  const orders = property(integer({ min: 0, max: 1e9 }), (seed) => {
    const order = shuffled(BOXES, seed);
    expect(order.toSorted()).toEqual(BOXES.toSorted());
    expect(order).not.toEqual(BOXES);
    expect(shuffled(BOXES, seed)).toEqual(order);
  });
  expect(() => assert(orders)).not.toThrow();
});

it('shuffles two to the other order, and leaves one alone', () => {
  expect(shuffled(['a', 'b'], 1)).toEqual(['b', 'a']);
  expect(shuffled(['a'], 1)).toEqual(['a']);
});
