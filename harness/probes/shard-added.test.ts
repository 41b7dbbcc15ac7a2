import { describe, expect, it } from 'vitest';
import { placementOf } from './sharding/placement.ts';
import { differing, fullestShare } from './shard-added.ts';

describe('what moves', () => {
  it('are keys that are elsewhere after', () => {
    expect(differing([0, 1, 2, 3], [0, 1, 3, 2])).toBe(2);
    expect(differing([0, 1], [0, 1])).toBe(0);
  });
  it('and the fullest shard is the one with most of them', () => {
    expect(fullestShare([0, 1, 1, 2])).toBe(0.5);
    expect(fullestShare([])).toBe(0);
  });
});

describe('the application is asked', () => {
  const shortener = { application: 'url-shortener' };
  const codes = Array.from({ length: 4_000 }, (_, index) => `code${index}`);

  it('and a shard more moves four keys in five by modulo, and about a fifth of them on a ring', async () => {
    const share = async (sharding: 'modulo' | 'consistent-hash'): Promise<number> => {
      const before = await placementOf(shortener, codes, { sharding, shards: 4 });
      const after = await placementOf(shortener, codes, { sharding, shards: 5 });
      return differing(before, after) / codes.length;
    };
    expect(await share('modulo')).toBeCloseTo(0.8, 1);
    expect(await share('consistent-hash')).toBeCloseTo(0.2, 1);
  });

  it('and one without shards says so', async () => {
    await expect(placementOf({ application: 'shop' }, codes, { sharding: 'modulo', shards: 4 })).rejects.toThrow(
      'application `shop` has no shards',
    );
  });
});
