import type { Block, Cell, ReportDocument, TableBlock } from './document.ts';

/**
 * The same report for whoever hears it: tables row by row with the column's title before each cell, trees and drawings as lists of
 * sentences. A drawing that has no sentences stays out.
 */
export function plainDocument(document: ReportDocument): ReportDocument {
  return document.map(plainBlock).filter((block) => block.kind !== 'list' || block.entries.length > 0);
}

function plainBlock(block: Block): Block {
  switch (block.kind) {
    case 'table':
      return { kind: 'list', entries: block.rows.map((row) => rowSentence(block, row)) };
    case 'tree':
      return { kind: 'list', entries: block.lines.map(({ text }) => text.replaceAll('\n', ' ')) };
    case 'drawing':
      return { kind: 'list', entries: block.says ?? [] };
    default:
      return block;
  }
}

/** How a cell says that it has nothing. */
const NOTHING = '-';

/** `database queries: claimed 10,000 query/s, computed 10,989, verdict ✗ contradicted`. */
function rowSentence({ columns }: TableBlock, [first = '', ...cells]: readonly Cell[]): string {
  const said = cells.flatMap((cell, index) => {
    const text = textOf(cell);
    return text === '' ? [] : [`${columns[index + 1]?.title ?? ''} ${text === NOTHING ? 'none' : text}`.trim()];
  });
  return [textOf(first), said.join(', ')].filter((part) => part !== '').join(': ');
}

function textOf(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.text;
}
