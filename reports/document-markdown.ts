import type { Block, Cell, ReportDocument, TableBlock, TreeBlock } from './document.ts';
import { markdownCell, markdownFenced, markdownText } from './markdown-text.ts';

/**
 * A report in GitHub's Markdown: headings of `level`, tables with their alignment, trees and drawings in code fences. Emphasis is left
 * out, as it says nothing that the text does not.
 */
export function documentMarkdown(document: ReportDocument, level = 2): string {
  const parts = document.map((block, index) => {
    const inList = block.kind === 'item' && document[index - 1]?.kind === 'item';
    return `${index === 0 || inList ? '' : '\n'}${blockMarkdown(block, level)}\n`;
  });
  return parts.join('');
}

function blockMarkdown(block: Block, level: number): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(level)} ${markdownText(block.text)}`;
    case 'paragraph':
      return startOfLine(markdownText(block.text));
    case 'item':
      // Two spaces and a line end keep the lines of an item apart.
      return [
        `- **${markdownText(block.title)}**`,
        ...block.lines.map((line) => `  ${startOfLine(markdownText(line))}`),
      ].join('  \n');
    case 'list':
      return block.entries.map((entry) => `- ${startOfLine(markdownText(entry))}`).join('\n');
    case 'tree':
      return markdownFenced(block.lines.map(treeLine).join('\n'));
    case 'drawing':
      return markdownFenced(block.text, block.language);
    case 'table':
      return tableMarkdown(block);
  }
}

function treeLine({ lead, under, text }: TreeBlock['lines'][number]): string {
  return `${lead}${text.replaceAll('\n', `\n${under}`)}`;
}

function tableMarkdown({ columns, rows }: TableBlock): string {
  const rules = columns.map(({ align }) => (align === 'right' ? '---:' : '---'));
  return [columns.map(({ title }) => cellMarkdown(title)), rules, ...rows.map((row) => row.map(cellMarkdown))]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
}

function cellMarkdown(cell: Cell): string {
  return markdownCell(typeof cell === 'string' ? cell : cell.text);
}

/** What would begin a list, a quotation or a heading does not. */
function startOfLine(text: string): string {
  return text.replace(/^(\d*)([-+*.)](?=\s)|[#>])/, String.raw`$1\$2`);
}
