import { describe, expect, test } from 'vitest';
import { consistentMovedShare, HashRing, ringDeviation } from '../../laws/partitioning/consistent-hash.ts';
import { hashKey } from '../../laws/partitioning/hash.ts';
import { moduloMovedShare } from '../../laws/partitioning/modulo.ts';
import { movedShare } from '../../laws/partitioning/moved-share.ts';
import { shardName, ShardTable, VIRTUAL_NODES } from './shard-table.ts';

const KEYS = Array.from({ length: 20_000 }, (_, i) => i + 1);

test('by modulo: the hash modulo the shards', () => {
  const table = new ShardTable({ by: 'modulo', shards: 4 });
  expect(KEYS.every((key) => table.shardOf(key) === hashKey(key) % 4)).toBe(true);
});

test('by consistent hash: the shard that the ring says', () => {
  const shards = 12;
  const table = new ShardTable({ by: 'consistent-hash', shards });
  const ring = new HashRing(
    Array.from({ length: shards }, (_, index) => shardName(index)),
    VIRTUAL_NODES,
  );
  expect(KEYS.every((key) => shardName(table.shardOf(key)) === ring.nodeOf(key))).toBe(true);
});

describe.each([
  ['modulo', moduloMovedShare(4, 5), 0.02],
  ['consistent-hash', consistentMovedShare(4, 5), 5 * 0.2 * ringDeviation(5, VIRTUAL_NODES)],
] as const)('%s, a fifth shard', (by, share, slack) => {
  test(`moves about ${share} of the keys`, () => {
    const [four, five] = [new ShardTable({ by, shards: 4 }), new ShardTable({ by, shards: 5 })];
    const moved = movedShare(
      KEYS,
      (key) => four.shardOf(Number(key)),
      (key) => five.shardOf(Number(key)),
    );
    expect(Math.abs(moved - share)).toBeLessThan(slack);
  });
});

test('less than one shard is refused', () => {
  expect(() => new ShardTable({ by: 'modulo', shards: 0 })).toThrow('shards is a whole number from 1, not 0');
});
