import type { Tier } from '../../model/topology/topology.ts';
import type { Findings, Probe, ProbeSite } from '../instruments.ts';
import { RunError } from '../run-error.ts';
import { openPool } from './databases/servers.ts';
import { placementOf } from './sharding/placement.ts';
import type { Sharding } from './sharding/placement.ts';

/**
 * Which of the rows that the shards hold would belong to another one if there were one more. Nothing is moved: the application knows no way to
 * move rows while it runs.
 */
export const shardAdded: Probe = {
  name: 'shard-added',
  title: 'how many rows would have to move if there were one more shard, by modulo and on a ring',
  classes: ['shard.read'],
  counters: [
    'keys.total',
    'keys.misplaced',
    'keys.moved_modulo',
    'keys.kept_modulo',
    'keys.moved_consistent',
    'keys.kept_consistent',
    'ring.fullest_share',
    'ring.fullest_degrees',
  ],
  parameters: {},
  run: compare,
};

async function compare(site: ProbeSite): Promise<Findings> {
  const databases = Object.values(site.connections.databases);
  const shards = databases.length;
  if (shards < 2) throw new RunError('the database of this stack has no shards', 'choose another step with `--step`');
  const held = await Promise.all(databases.map(({ write }) => codesIn(site, write)));
  const codes = held.flat();
  const now = held.flatMap((each, shard) => each.map(() => shard));
  const place = (sharding: Sharding, count: number): Promise<number[]> =>
    placementOf(site.topology, codes, { sharding, shards: count });
  const [ring, ringAfter] = [await place('consistent-hash', shards), await place('consistent-hash', shards + 1)];
  const [modulo, moduloAfter] = [await place('modulo', shards), await place('modulo', shards + 1)];
  const moved = { modulo: differing(modulo, moduloAfter), ring: differing(ring, ringAfter) };
  return {
    counters: {
      'keys.total': codes.length,
      'keys.misplaced': differing(now, shardingOf(site) === 'modulo' ? modulo : ring),
      'keys.moved_modulo': moved.modulo,
      'keys.kept_modulo': codes.length - moved.modulo,
      'keys.moved_consistent': moved.ring,
      'keys.kept_consistent': codes.length - moved.ring,
      'ring.fullest_share': fullestShare(ring),
      'ring.fullest_degrees': fullestShare(ring) * 360,
    },
  };
}

async function codesIn({ recorder }: ProbeSite, url: string): Promise<string[]> {
  const pool = await openPool({ url }, 1);
  try {
    const { rows } = await recorder.time('shard.read', () => pool.query<{ code: string }>('SELECT code FROM urls'));
    return rows.map(({ code }) => code);
  } finally {
    await pool.end();
  }
}

/** As the stack is set; a ring unless it is. */
function shardingOf({ topology }: ProbeSite): Sharding {
  const sharded = topology.tiers.find(({ settings }: Tier) => settings['sharding'] !== undefined);
  return sharded?.settings['sharding'] === 'modulo' ? 'modulo' : 'consistent-hash';
}

/** How many keys are in another shard after than before. */
export function differing(before: readonly number[], after: readonly number[]): number {
  return before.filter((shard, index) => shard !== after[index]).length;
}

/** Share of the keys that the shard with the most of them has. */
export function fullestShare(placed: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const shard of placed) counts.set(shard, (counts.get(shard) ?? 0) + 1);
  return Math.max(0, ...counts.values()) / Math.max(1, placed.length);
}
