import type { Scalar } from 'yaml';

/**
 * Where a character of a scalar's value stands in the text of its file. What YAML takes away between the two is white space (indentation, line
 * ends that are folded) besides quotes and the head of a block: the character has as many others before it in both.
 */
export function offsetInScalar(scalar: Scalar.Parsed, text: string, offset: number): number {
  const start = contentStart(scalar, text);
  const value = typeof scalar.value === 'string' ? scalar.value : scalar.source;
  if (text.startsWith(value, start)) return start + offset;
  const escape = ESCAPES[String(scalar.type)];
  let left = value.slice(0, offset).replaceAll(/\s/g, '').length;
  let at = start;
  for (; at < scalar.range[1]; at += 1) {
    if (/\s/.test(text.charAt(at))) continue;
    if (left === 0) break;
    if (escape && text.startsWith(escape, at)) at += 1;
    left -= 1;
  }
  return at;
}

/** What stands before the one character that it means. */
const ESCAPES: Readonly<Record<string, string>> = { QUOTE_SINGLE: "''", QUOTE_DOUBLE: '\\' };

/** Behind the quote, or on the line below `|` or `>`. */
function contentStart({ range, type }: Scalar.Parsed, text: string): number {
  const [start] = range;
  if (type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE') return start + 1;
  if (type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED') return text.indexOf('\n', start) + 1;
  return start;
}
