import type { Node, Source } from '../../document/source.ts';

/** What a document says for shop-plan, beside what it says for others. */
export interface Annotations {
  /** `shop-plan/metric`: which figure of a run it is about. */
  readonly metric?: Text;
  /** `shop-plan/unit`: what the objectives' values are in. */
  readonly unit?: Text;
}

/** A text with its place. */
export interface Text {
  readonly text: string;
  readonly node: Node;
}

const PREFIX = 'shop-plan/';
const KNOWN = [`${PREFIX}metric`, `${PREFIX}unit`];

/** Annotations of others may say what they like; those that begin with `shop-plan/` have to be known. */
export function annotationsOf(source: Source, node: Node): Annotations {
  if (node === undefined) return {};
  const texts = new Map<string, Text>();
  for (const { key, keyNode, value } of source.entries(node, '`annotations`')) {
    if (!key.startsWith(PREFIX)) continue;
    if (!KNOWN.includes(key)) {
      source.report('UNKNOWN_KEY', keyNode, `unknown annotation \`${key}\``, { help: `known: ${KNOWN.join(', ')}` });
      continue;
    }
    const text = source.text_of(value, `\`${key}\``);
    if (text !== undefined) texts.set(key, { text, node: value });
  }
  const metric = texts.get(`${PREFIX}metric`);
  const unit = texts.get(`${PREFIX}unit`);
  return { ...(metric && { metric }), ...(unit && { unit }) };
}
