import { assert, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { balance } from './balance.ts';
import { consistentMovedShare, HashRing, ringDeviation } from './consistent-hash.ts';
import { hashKey } from './hash.ts';
import { movedShare } from './moved-share.ts';

const KEYS = Array.from({ length: 50_000 }, (_, key) => key);
const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `node-${i}`);

test('a key belongs to the first point at or after it, and past the last to the first', () => {
  const nodes = ['a', 'b', 'c'];
  const points = nodes.map((node) => ({ node, place: hashKey(`${node}#0`) })).toSorted((p, q) => p.place - q.place);
  const ring = new HashRing(nodes, 1);
  const next = (hash: number) => points.find(({ place }) => place >= hash) ?? points[0];
  const found = KEYS.slice(0, 1000).map((key) => ring.nodeOf(key));
  expect(found).toEqual(KEYS.slice(0, 1000).map((key) => next(hashKey(key))?.node));
  expect(new Set(found).size).toBe(3);
  // Exactly on a point.
  expect(ring.nodeOf('b#0')).toBe('b');
});

describe('when a node comes', () => {
  test('keys move to it alone, about 1 / (n + 1) of them', () => {
    assert(
      property(integer({ min: 1, max: 30 }), (count) => {
        const before = new HashRing(names(count), 200);
        const after = new HashRing(names(count + 1), 200);
        const moved = KEYS.filter((key) => before.nodeOf(key) !== after.nodeOf(key));
        expect(moved.every((key) => after.nodeOf(key) === `node-${count}`)).toBe(true);
        const expected = consistentMovedShare(count, count + 1);
        expect(expected).toBeCloseTo(1 / (count + 1), 15);
        // Five standard deviations of the newcomer's share of the ring, with a little for the sampling of keys.
        const slack = 5 * expected * ringDeviation(count + 1, 200) + 0.005;
        expect(Math.abs(moved.length / KEYS.length - expected)).toBeLessThan(slack);
      }),
      { numRuns: 15 },
    );
  });

  test('four shards and a fifth: a fifth of the keys instead of four fifths', () => {
    const [four, five] = [new HashRing(names(4), 1000), new HashRing(names(5), 1000)];
    const moved = movedShare(
      KEYS,
      (key) => four.nodeOf(key),
      (key) => five.nodeOf(key),
    );
    expect(Math.abs(moved - 0.2)).toBeLessThan(0.03);
  });
});

test('when a node goes, only its keys move', () => {
  const [five, four] = [new HashRing(names(5), 100), new HashRing(names(5).slice(1), 100)];
  const moved = KEYS.filter((key) => five.nodeOf(key) !== four.nodeOf(key));
  expect(moved).toEqual(KEYS.filter((key) => five.nodeOf(key) === 'node-0'));
  expect(consistentMovedShare(5, 4)).toBeCloseTo(0.2, 15);
});

test('the order of the nodes does not matter', () => {
  const [ring, turned] = [new HashRing(names(9), 20), new HashRing(names(9).toReversed(), 20)];
  expect(
    movedShare(
      KEYS,
      (key) => ring.nodeOf(key),
      (key) => turned.nodeOf(key),
    ),
  ).toBe(0);
});

test.each([
  [100, 10],
  [100, 100],
  [50, 400],
])('%i nodes with %i virtual nodes are as uneven as the formula says', (nodes, virtualNodes) => {
  const ring = new HashRing(names(nodes), virtualNodes);
  const { deviation, maxOverMean } = balance(KEYS, ring.nodes, (key) => ring.nodeOf(key));
  // The keys are a sample, which adds the variance of a multinomial: (n - 1) / keys.
  const expected = Math.sqrt(ringDeviation(nodes, virtualNodes) ** 2 + (nodes - 1) / KEYS.length);
  // The deviation of n shares is itself known to about 1 / sqrt(2 n): 7 to 10 %; three times that.
  expect(Math.abs(deviation / expected - 1)).toBeLessThan(0.3);
  expect(maxOverMean).toBeGreaterThan(1 + deviation);
  expect(maxOverMean).toBeLessThan(1 + 6 * deviation);
});

test('the deviation is near 1 / sqrt(v), and none with one node', () => {
  expect(ringDeviation(1000, 100)).toBeCloseTo(0.1, 3);
  expect(ringDeviation(1, 100)).toBe(0);
});

test.each([
  ['no nodes', [], 1],
  ['a node twice', ['a', 'a'], 1],
  ['no virtual node', ['a'], 0],
])('refuses %s', (_, nodes, virtualNodes) => {
  expect(() => new HashRing(nodes, virtualNodes)).toThrow(RangeError);
});
