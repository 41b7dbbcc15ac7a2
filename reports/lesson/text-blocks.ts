import type { Block } from '../document.ts';

/** The text of a lesson: paragraphs with an empty line between, and lists of lines that begin with `- `. */
export function textBlocks(text: string): Block[] {
  return text
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .flatMap(partBlocks);
}

/** A list may follow its paragraph without an empty line. */
function partBlocks(part: string): Block[] {
  const [paragraph = '', ...entries] = `\n${part}`.split(/\n\s*- /).map(onOneLine);
  return [
    ...(paragraph === '' ? [] : [{ kind: 'paragraph' as const, text: paragraph }]),
    ...(entries.length === 0 ? [] : [{ kind: 'list' as const, entries }]),
  ];
}

/** A text whose lines are those of the file that it comes from. */
export function onOneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** A question that was asked before, and what it comes to. */
export function answeredBlocks({ asks, answer }: { readonly asks: string; readonly answer: string }): Block[] {
  return [
    { kind: 'heading', text: 'The question was' },
    { kind: 'paragraph', text: onOneLine(asks) },
    { kind: 'heading', text: 'The answer' },
    ...textBlocks(answer),
  ];
}
