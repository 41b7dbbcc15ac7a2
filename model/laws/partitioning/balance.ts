import type { Key } from './hash.ts';

/** How evenly keys fall on nodes. */
export interface Balance {
  /** Keys of the fullest node over those of the mean one: 1 is even. */
  readonly maxOverMean: number;
  /** Standard deviation of the nodes' keys over their mean: 0 is even. */
  readonly deviation: number;
}

/**
 * Counts which node each of some keys belongs to. RangeError for no keys, no nodes, or a key on a node that is not
 * listed.
 */
export function balance<Node>(keys: Iterable<Key>, nodes: readonly Node[], nodeOf: (key: Key) => Node): Balance {
  const counts = new Map(nodes.map((node) => [node, 0]));
  let total = 0;
  for (const key of keys) {
    const node = nodeOf(key);
    const count = counts.get(node);
    if (count === undefined)
      throw new RangeError(`key ${key} belongs to ${String(node)}, which is not among the nodes`);
    counts.set(node, count + 1);
    total++;
  }
  if (total === 0 || counts.size === 0) throw new RangeError('balance takes at least one key and one node');
  const mean = total / counts.size;
  const perNode = [...counts.values()];
  const squares = perNode.reduce((sum, count) => sum + (count - mean) * (count - mean), 0);
  return { maxOverMean: Math.max(...perNode) / mean, deviation: Math.sqrt(squares / counts.size) / mean };
}
