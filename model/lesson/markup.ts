import type { Found } from './bare-numbers.ts';

/** What Markdown has and lessons have not: emphasis, headings, quotes, other lists, links, tables, HTML, backticks without their pair. */
const MARKUP = /\*\*|```|\]\(|<\/?[a-z][^>\n]*>|^[ \t]*(?:#+|>|[*+]|\d+[.)])(?=\s)|^[ \t]*\|/gim;

/** Markup in a text that would stand in it as it is. What is in backticks may look like anything. */
export function markupIn(text: string): Found[] {
  const rest = text.replaceAll(/`[^`]+`/g, (code) => ' '.repeat(code.length));
  return [...rest.matchAll(MARKUP), ...rest.matchAll(/`/g)].map(({ 0: found, index }) => ({
    text: found,
    offset: index,
  }));
}
