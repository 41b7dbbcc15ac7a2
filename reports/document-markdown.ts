import type { Block, Cell, ReportDocument, TableBlock } from './document.ts';

/**
 * A report in GitHub's Markdown: `##` headings, tables with their alignment, trees and drawings in code fences. Emphasis is left out,
 * as it says nothing that the text does not.
 */
export function documentMarkdown(document: ReportDocument): string {
  const parts = document.map((block, index) => {
    const inList = block.kind === 'item' && document[index - 1]?.kind === 'item';
    return `${index === 0 || inList ? '' : '\n'}${blockMarkdown(block)}\n`;
  });
  return parts.join('');
}

function blockMarkdown(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `## ${inline(block.text)}`;
    case 'paragraph':
      return startOfLine(inline(block.text));
    case 'item':
      // Two spaces and a line end keep the lines of an item apart.
      return [`- **${inline(block.title)}**`, ...block.lines.map((line) => `  ${startOfLine(inline(line))}`)].join(
        '  \n',
      );
    case 'tree':
      return fenced(withoutEscapes(block.lines.map(({ lead, text }) => `${lead}${text}`).join('\n')));
    case 'drawing':
      return fenced(withoutEscapes(block.text));
    case 'table':
      return tableMarkdown(block);
  }
}

function tableMarkdown({ columns, rows }: TableBlock): string {
  const rules = columns.map(({ align }) => (align === 'right' ? '---:' : '---'));
  return [columns.map(({ title }) => cellMarkdown(title)), rules, ...rows.map((row) => row.map(cellMarkdown))]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
}

function cellMarkdown(cell: Cell): string {
  const text = typeof cell === 'string' ? cell : cell.text;
  return withoutEscapes(text)
    .split('\n')
    .map((line) => inline(line).replaceAll('|', String.raw`\|`))
    .join('<br>');
}

/** A fence longer than any in the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}

const CODE = /(`+[^`]+`+)/;
/** What would be read as a tag, a link or emphasis; `a * b`, `a_b` and `~5` would not. */
const SPECIAL = /\\|<(?=[A-Za-z/!?])|\](?=[([])|(?<=\S)[*~]|\*(?=\S)|(?<![\p{L}\d])_|_(?![\p{L}\d])/gu;

/** Text on one line, with what Markdown would read as its own escaped outside of code. */
function inline(text: string): string {
  return withoutEscapes(text)
    .replaceAll(/\s*\n\s*/g, ' ')
    .split(CODE)
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll(SPECIAL, String.raw`\$&`)))
    .join('');
}

/** What would begin a list, a quotation or a heading does not. */
function startOfLine(text: string): string {
  return text.replace(/^(\d*)([-+*.)](?=\s)|[#>])/, String.raw`$1\$2`);
}

function withoutEscapes(text: string): string {
  // oxlint-disable-next-line no-control-regex -- escape sequences begin with a control character
  return text.replaceAll(/\u001B\[[0-9;]*[A-Za-z]|[\u0000-\u0009\u000B-\u001F\u007F]/g, '');
}
