import type { Layout } from './style.ts';
import { graphemes, graphemeWidth, textWidth, wrap } from './text-width.ts';

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Wraps first when the table is too wide. */
  readonly flexible?: boolean;
}

export interface TableRequest extends Layout {
  readonly columns: readonly Column[];
  /** One cell a column; a cell may be emphasised as a whole. */
  readonly rows: readonly (readonly string[])[];
}

const GAP = 2;
const FLEXIBLE_MIN = 16;
const TEXT_MIN = 8;

/**
 * A table with a rule under its head and no other borders, within `width` where that can be: flexible columns wrap first, then
 * other text; numbers (right-aligned) are never cut. No line end behind it.
 */
export function table({ columns, rows, width, style }: TableRequest): string {
  const widths = fit(columns, rows, width);
  const head = columns.map(({ title }, index) => [cut(style.strong(title), widths[index] ?? 1)]);
  const rule = '─'.repeat(widths.reduce((sum, each) => sum + GAP + each, -GAP));
  const body = rows.map((row) => row.map((cell, index) => wrapCell(cell, widths[index] ?? 1)));
  const lines = [...rowLines(head, columns, widths), rule, ...body.flatMap((row) => rowLines(row, columns, widths))];
  return (rows.length === 0 ? lines.slice(0, 1) : lines).join('\n').replaceAll(/ +$/gm, '');
}

/** The lines of a row whose cells have one or more each. */
function rowLines(
  cells: readonly (readonly string[])[],
  columns: readonly Column[],
  widths: readonly number[],
): string[] {
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, at) =>
    columns
      .map(({ align }, index) => {
        const text = cells[index]?.[at] ?? '';
        const blank = ' '.repeat(Math.max(0, (widths[index] ?? 1) - textWidth(text)));
        return align === 'right' ? blank + text : text + blank;
      })
      .join(' '.repeat(GAP)),
  );
}

function naturalWidths(columns: readonly Column[], rows: readonly (readonly string[])[]): number[] {
  return columns.map(({ title }, index) =>
    rows.reduce((widest, row) => Math.max(widest, textWidth(row[index] ?? '')), Math.max(1, textWidth(title))),
  );
}

/** Narrows flexible columns, widest first, then other text columns, until the table fits. */
function fit(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): number[] {
  const widths = naturalWidths(columns, rows);
  let excess = widths.reduce((sum, each) => sum + each, 0) + GAP * (columns.length - 1) - width;
  const narrow = (wanted: (column: Column) => boolean, leastOf: (index: number) => number): void => {
    if (excess <= 0) return;
    const indices = [...columns.keys()].filter((index) => wanted(columns[index] ?? { title: '' }));
    for (const index of indices.toSorted((a, b) => (widths[b] ?? 0) - (widths[a] ?? 0))) {
      const own = widths[index] ?? 0;
      const cut = Math.max(0, Math.min(excess, own - leastOf(index)));
      widths[index] = own - cut;
      excess -= cut;
    }
  };
  const isText = (column: Column): boolean => column.flexible !== true && column.align !== 'right';
  narrow(
    (column) => column.flexible === true,
    () => FLEXIBLE_MIN,
  );
  // A name that is cut is of little use: words are only cut when all else is as narrow as it can be.
  narrow(isText, (index) => Math.max(TEXT_MIN, longestWord(rows, index)));
  narrow(isText, () => TEXT_MIN);
  return widths;
}

function longestWord(rows: readonly (readonly string[])[], index: number): number {
  return Math.max(0, ...rows.flatMap((row) => (row[index] ?? '').split(/[ \n]/)).map(textWidth));
}

// oxlint-disable-next-line no-control-regex -- escape sequences begin with a control character
const EMPHASISED = /^(\u001B\[\d+m)([^\u001B]*)(\u001B\[\d+m)$/;

/** Emphasis is ended and begun again on each line, or it would run through the columns between. */
function wrapCell(cell: string, width: number): string[] {
  if (textWidth(cell) <= width) return cell.split('\n');
  const [, on = '', text = cell, off = ''] = EMPHASISED.exec(cell) ?? [];
  return wrap(text, width).map((line) => cut(`${on}${line}${off}`, width));
}

/** What is too long for its column ends in an ellipsis. */
function cut(line: string, width: number): string {
  if (textWidth(line) <= width) return line;
  const [, on = '', text = line, off = ''] = EMPHASISED.exec(line) ?? [];
  let kept = '';
  let used = 0;
  for (const grapheme of graphemes(text)) {
    used += graphemeWidth(grapheme.text);
    if (used >= width) break;
    kept += grapheme.text;
  }
  return `${on}${kept}${off}…`;
}
