import { whole } from '../argument/argument.ts';
import { hashKey } from './hash.ts';
import type { Key } from './hash.ts';

/**
 * Consistent hashing: each node has `virtualNodes` points on a ring of 2^32 places, and a key belongs to the node of
 * the first point at or after its hash. A node that comes or goes moves only the keys of its own arcs. The order in
 * which nodes are given is of no account.
 * Literature: D. Karger et al., Consistent Hashing and Random Trees, STOC 1997; virtual nodes as in Stoica et al.,
 * Chord, SIGCOMM 2001, and DeCandia et al., Dynamo, SOSP 2007.
 */
export class HashRing {
  readonly nodes: readonly string[];
  /** Places in ascending order, and beside each the index of its node. */
  readonly #places: Uint32Array;
  readonly #owners: Uint32Array;

  /** RangeError for no nodes, a node given twice, or less than one virtual node. O(n v log(n v)). */
  constructor(nodes: readonly string[], virtualNodes: number) {
    whole('virtualNodes', virtualNodes, 1);
    if (nodes.length === 0) throw new RangeError('a ring needs at least one node');
    if (new Set(nodes).size < nodes.length) throw new RangeError('a ring has each node once');
    this.nodes = nodes.toSorted();
    const points = this.nodes.flatMap((node, owner) =>
      Array.from({ length: virtualNodes }, (_, i) => ({ place: hashKey(`${node}#${i}`), owner })),
    );
    points.sort((a, b) => a.place - b.place || a.owner - b.owner);
    this.#places = Uint32Array.from(points, ({ place }) => place);
    this.#owners = Uint32Array.from(points, ({ owner }) => owner);
  }

  /** The node that a key belongs to. O(log(n v)). */
  nodeOf(key: Key): string {
    const hash = hashKey(key);
    let low = 0;
    let high = this.#places.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#places[middle] ?? 0) < hash) low = middle + 1;
      else high = middle;
    }
    // Past the last place the ring begins again.
    const owner = this.#owners[low % this.#owners.length] ?? 0;
    return this.nodes[owner] ?? '';
  }
}

/**
 * Share of keys that change their node when `before` nodes become `after`: |after - before| / max, the least possible
 * and the mean over all rings. From n to n + 1: 1 / (n + 1).
 */
export function consistentMovedShare(before: number, after: number): number {
  whole('before', before, 1);
  whole('after', after, 1);
  return Math.abs(after - before) / Math.max(before, after);
}

/**
 * Standard deviation of a node's share of the ring over its mean 1/n: sqrt((n - 1) / (n v + 1)), about 1 / sqrt(v).
 * With points at random a share is the sum of v of the n v gaps between them, which is Beta(v, (n - 1) v) distributed.
 * Literature: H. A. David, H. N. Nagaraja, Order Statistics, 3rd ed. 2003, section 6.4, on uniform spacings.
 */
export function ringDeviation(nodes: number, virtualNodes: number): number {
  const points = whole('nodes', nodes, 1) * whole('virtualNodes', virtualNodes, 1);
  return Math.sqrt((nodes - 1) / (points + 1));
}
