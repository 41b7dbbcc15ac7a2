import type { Frame } from './frame.ts';
import type { Instance } from './instance.ts';
import type { Group, Station } from './station.ts';

/** Which instance a visit goes to: its key chooses the shard, the tier's policy the instance; null when there is none to go to. */
export function chooseInstance(station: Station, visit: Frame): Instance | null {
  if (visit.site !== null && visit.site.isPinned) return station.instances[0] ?? null;
  const group = station.groups.length === 1 ? station.groups[0] : station.groups[shardOf(station, visit.key)];
  if (group === undefined) return null;
  const { listed } = group;
  if (listed.length <= 1) return listed[0] ?? null;
  switch (station.tier.balance) {
    case 'least-connections':
      return leastConnections(group);
    case 'random':
      return listed[station.balances.below(listed.length)] ?? null;
    case 'random-of-two':
      return emptierOfTwo(station, listed);
    case 'hash':
      return visit.key < 0 ? inTurn(group) : (listed[hashOf(visit.key) % listed.length] ?? null);
    default:
      return inTurn(group);
  }
}

/** Callers are told anew which instances there are. */
export function relist(station: Station): void {
  for (const group of station.groups) {
    group.listed = group.members.filter((instance) => instance.isListed && !instance.isRetired);
  }
}

/** A request without a key has no shard of its own, and goes to any. */
function shardOf(station: Station, key: number): number {
  if (key < 0 || station.shards === null) return station.balances.below(station.groups.length);
  return station.shards.shardOf(key);
}

function inTurn(group: Group): Instance | null {
  const { listed } = group;
  if (group.turn >= listed.length) group.turn = 0;
  return listed[group.turn++] ?? null;
}

/** The instance with the fewest visits inside; of equals the next one in turn. */
function leastConnections(group: Group): Instance | null {
  const { listed } = group;
  const first = group.turn % listed.length;
  let best: Instance | null = null;
  for (let i = 0; i < listed.length; i++) {
    const instance = listed[(first + i) % listed.length];
    if (instance !== undefined && (best === null || instance.inside < best.inside)) best = instance;
  }
  group.turn = first + 1;
  return best;
}

/** The emptier of two different ones at random (M. Mitzenmacher, IEEE TPDS 12, 2001). */
function emptierOfTwo(station: Station, listed: readonly Instance[]): Instance | null {
  const one = station.balances.below(listed.length);
  const step = 1 + station.balances.below(listed.length - 1);
  const a = listed[one];
  const b = listed[(one + step) % listed.length];
  if (a === undefined || b === undefined) return null;
  return b.inside < a.inside ? b : a;
}

/** Spreads neighbouring keys: the finaliser of MurmurHash3 (A. Appleby). */
function hashOf(key: number): number {
  let hash = Math.imul(key ^ (key >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
