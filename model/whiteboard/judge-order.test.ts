import { assert, property, shuffledSubarray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeOrder } from './judge-order.ts';

const RIGHT = ['core', 'scale', 'availability', 'async', 'cdn', 'services'];

describe('judgeOrder', () => {
  it('finds nothing in the right order', () => {
    expect(judgeOrder(RIGHT, RIGHT)).toEqual({ right: true, misplaced: [] });
  });

  it('names the one box that was moved, and not all that it pushed along', () => {
    const given = ['core', 'availability', 'async', 'cdn', 'scale', 'services'];
    expect(judgeOrder(given, RIGHT).misplaced).toEqual([{ box: 'scale', after: 'core' }]);
  });

  it('sends a box to the first place', () => {
    expect(judgeOrder([...RIGHT.slice(1), 'core'], RIGHT).misplaced).toEqual([{ box: 'core', after: null }]);
  });

  it('keeps one box of an order that is upside down', () => {
    expect(judgeOrder(RIGHT.toReversed(), RIGHT).misplaced).toHaveLength(RIGHT.length - 1);
  });

  it('calls an order right only when it is', () => {
    const orders = property(shuffledSubarray(RIGHT, { minLength: RIGHT.length }), (given) => {
      expect(judgeOrder(given, RIGHT).right).toBe(given.join() === RIGHT.join());
    });
    expect(() => assert(orders)).not.toThrow();
  });
});
