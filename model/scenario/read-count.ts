import type { Node, Source } from '../document/source.ts';

/** A whole number from 1 to 100,000; `fallback` where there is none. */
export function readCount(source: Source, node: Node, what: string, fallback: number): number {
  const text = node === undefined ? undefined : source.text_of(node, what);
  if (text === undefined) return fallback;
  const value = Number(text.replaceAll(/[,_]/g, ''));
  if (Number.isInteger(value) && value >= 1 && value <= 100_000) return value;
  source.report('RANGE', node, `${what} should be a whole number from 1 to 100,000`);
  return fallback;
}
