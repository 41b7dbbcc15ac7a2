import type { Key } from './hash.ts';

/** Share of some keys that belong to another node after a change than before it. RangeError for no keys. */
export function movedShare<Node>(keys: Iterable<Key>, before: (key: Key) => Node, after: (key: Key) => Node): number {
  let total = 0;
  let moved = 0;
  for (const key of keys) {
    total++;
    if (before(key) !== after(key)) moved++;
  }
  if (total === 0) throw new RangeError('a share of keys takes at least one key');
  return moved / total;
}
