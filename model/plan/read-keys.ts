import type { Node } from '../document/source.ts';
import type { KeysSpec } from './behaviour.ts';
import { AMOUNTS, readAmount } from './read-amount.ts';
import type { AmountContext } from './read-amount.ts';

/** Zipf's law is not computed for steeper ones. */
const EXPONENT = { ...AMOUNTS.plain, most: 10 };

/** Reads `keys`: the objects that requests ask for. One that is wrong still counts as declared. */
export function readKeys(context: AmountContext, node: Node): { keys: Map<string, KeysSpec>; declared: Set<string> } {
  const keys = new Map<string, KeysSpec>();
  const declared = new Set<string>();
  if (node === undefined) return { keys, declared };
  const { source } = context;
  for (const entry of source.entries(node, '`keys`')) {
    declared.add(entry.key);
    const fields = source.fields(entry.value, `keys \`${entry.key}\``, ['count', 'exponent'], ['count']);
    const count = readAmount(context, fields['count'], '`count`', AMOUNTS.count);
    const exponent = readAmount(context, fields['exponent'], '`exponent`', EXPONENT) ?? null;
    if (count) keys.set(entry.key, { count, exponent });
  }
  return { keys, declared };
}
