import { assert, integer, nat, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { replicationSeed } from './replication-seed.ts';

describe('replicationSeed', () => {
  it('gives each replication of a seed one of its own', () => {
    const seeds = new Set(Array.from({ length: 10_000 }, (_, replication) => replicationSeed(42, replication)));
    expect(seeds.size).toBe(10_000);
  });

  it('stays the same for ever: results are compared over versions', () => {
    expect([0, 1, 2].map((replication) => replicationSeed(42, replication))).toEqual([
      551_831_576, 144_025_891, 322_543_647,
    ]);
  });

  it('is a whole number of 32 bits', () => {
    const word = integer({ min: 0, max: 2 ** 32 - 1 });
    assert(
      property(word, nat(1000), (seed, replication) => {
        const own = replicationSeed(seed, replication);
        expect(Number.isInteger(own) && own >= 0 && own < 2 ** 32).toBe(true);
      }),
    );
  });
});
