import { whole } from '../argument/argument.ts';
import { hashKey } from './hash.ts';
import type { Key } from './hash.ts';

/** The node, 0 to nodes - 1, that a key belongs to by hash(key) mod nodes. */
export function moduloNode(key: Key, nodes: number): number {
  return hashKey(key) % whole('nodes', nodes, 1);
}

/**
 * Share of keys that change their node when `before` nodes become `after`: 1 - min(before, after) / lcm(before, after),
 * because of the lcm possible remainders only those below the smaller number give the same node twice. From n to n + 1:
 * n / (n + 1).
 */
export function moduloMovedShare(before: number, after: number): number {
  whole('before', before, 1);
  whole('after', after, 1);
  const lcm = (before / greatestCommonDivisor(before, after)) * after;
  return 1 - Math.min(before, after) / lcm;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
