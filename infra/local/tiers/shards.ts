import type { Tier } from '../../../model/topology/topology.ts';
import { StackError } from '../../backend.ts';
import { oneOf, wholeNumber } from '../settings.ts';

const SHARDING = ['consistent-hash', 'modulo'] as const;
/** How the application finds the shard of a key. */
export type Sharding = (typeof SHARDING)[number];

const SHARDS_MAX = 64;

/** Databases that a postgres tier is divided into; 1 without setting `shards`. Throws a `StackError` for no number of them. */
export function shardsOf(tier: Tier): number {
  return wholeNumber(tier, 'shards', 1, 1, SHARDS_MAX);
}

/** Undefined where there are no shards. Throws a `StackError` for a way that is not known. */
export function shardingOf(tier: Tier): Sharding | undefined {
  return shardsOf(tier) === 1 ? undefined : oneOf(tier, 'sharding', 'consistent-hash', SHARDING);
}

/**
 * Instances (from 1) of a tier that belong to one shard (from 1), as many of each in turn: of eight replicas for four shards
 * the first two are those of shard 1.
 */
export function instancesOf(tier: Tier, shard: number): number[] {
  const each = tier.instances / shardsOf(tier);
  return Array.from({ length: each }, (_, index) => (shard - 1) * each + index + 1);
}

/** Throws a `StackError` for a tier that is written to and does not have one instance a shard. */
export function assertOneEach(tier: Tier): void {
  const shards = shardsOf(tier);
  shardingOf(tier);
  if (tier.instances === shards) return;
  const help = 'a postgres tier that is written to has one instance, or as many as its setting `shards` says';
  throw new StackError(`tier \`${tier.id}\` asks for ${tier.instances} instances of postgres`, help);
}

/** Throws a `StackError` for replicas that are not divided among the shards of what they replicate. */
export function assertSameShards(replicas: Tier, head: Tier): void {
  const shards = shardsOf(head);
  const help = `give it the setting \`shards: ${shards}\` and as many instances for each`;
  if (shardsOf(replicas) !== shards) {
    throw new StackError(`tier \`${replicas.id}\` has other shards than \`${head.id}\`, which it replicates`, help);
  }
  if (replicas.instances % shards === 0) return;
  throw new StackError(
    `the ${replicas.instances} instances of \`${replicas.id}\` cannot be divided by ${shards} shards`,
    help,
  );
}
