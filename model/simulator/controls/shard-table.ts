import { whole } from '../../laws/argument/argument.ts';
import { HashRing } from '../../laws/partitioning/consistent-hash.ts';
import { moduloNode } from '../../laws/partitioning/modulo.ts';
import type { Sharding } from '../system.ts';

/** Points of a shard on the ring; shares then differ by about 1 / sqrt(128), 9 %. */
export const VIRTUAL_NODES = 128;

/** The name that shard `index` has on the ring. */
export function shardName(index: number): string {
  return `shard-${index}`;
}

/** Which shard a key belongs to, 0 to shards - 1: by hash(key) mod shards, or by a ring of `shardName`s. */
export class ShardTable {
  readonly #shards: number;
  readonly #ring: HashRing | null;
  readonly #indices: ReadonlyMap<string, number>;

  /** RangeError for less than one shard. */
  constructor({ by, shards }: Sharding) {
    this.#shards = whole('shards', shards, 1);
    const names = Array.from({ length: shards }, (_, index) => shardName(index));
    this.#ring = by === 'consistent-hash' ? new HashRing(names, VIRTUAL_NODES) : null;
    this.#indices = new Map(names.map((name, index) => [name, index]));
  }

  /** RangeError for a key that is not whole and not negative. */
  shardOf(key: number): number {
    if (this.#ring === null) return moduloNode(key, this.#shards);
    return this.#indices.get(this.#ring.nodeOf(key)) ?? 0;
  }
}
