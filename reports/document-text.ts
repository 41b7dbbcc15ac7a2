import type { Block, Cell, ReportDocument, Tone, TreeBlock } from './document.ts';
import type { Layout, Style } from './style.ts';
import { table } from './table.ts';
import { textWidth, wrap, wrapUnder } from './text-width.ts';

/**
 * A report for the terminal. A heading stands right above what follows it, and items of a list follow each other;
 * other blocks have an empty line between.
 */
export function documentText(document: ReportDocument, layout: Layout): string {
  const parts = document.map((block, index) => {
    const drawn = blockText(block, layout);
    const before = document[index - 1]?.kind;
    const joined = before === undefined || before === 'heading' || (before === 'item' && block.kind === 'item');
    return joined ? drawn : `\n${drawn}`;
  });
  return `${parts.join('\n')}\n`;
}

function blockText(block: Block, { style, width }: Layout): string {
  switch (block.kind) {
    case 'heading':
      return toned(wrap(block.text, width).join('\n'), 'strong', style);
    case 'paragraph':
      return toned(wrap(block.text, width).join('\n'), block.tone, style);
    case 'item':
      return [
        toned(wrapUnder('', block.title, width), block.tone, style),
        ...block.lines.map((line) => wrapUnder('  ', line, width)),
      ].join('\n');
    case 'list':
      return block.entries.map((entry) => wrapUnder('- ', entry, width)).join('\n');
    case 'tree':
      return block.lines.map((line) => treeLine(line, width)).join('\n');
    case 'drawing':
      return block.text;
    case 'table': {
      const rows = block.rows.map((row) => row.map((cell) => cellText(cell, style)));
      return table({ columns: block.columns, rows, width, style });
    }
  }
}

function treeLine({ lead, under, text }: TreeBlock['lines'][number], width: number): string {
  const lines = text
    .split('\n')
    .flatMap((line) => wrap(line, Math.max(20, width - Math.max(textWidth(lead), textWidth(under)))));
  return lines.map((line, index) => `${index === 0 ? lead : under}${line}`).join('\n');
}

function cellText(cell: Cell, style: Style): string {
  return typeof cell === 'string' ? cell : toned(cell.text, cell.tone, style);
}

function toned(text: string, tone: Tone | undefined, style: Style): string {
  return tone === undefined ? text : style[tone](text);
}
