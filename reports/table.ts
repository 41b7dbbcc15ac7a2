import CliTable from 'cli-table3';
import type { Layout } from './style.ts';
import { textWidth, wrap } from './text-width.ts';

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
  const widths = fit(columns, naturalWidths(columns, rows), width);
  const drawn = new CliTable({
    head: columns.map(({ title }) => style.strong(title)),
    colWidths: widths,
    colAligns: columns.map(({ align }) => align ?? 'left'),
    chars: CHARS,
    // cli-table3 colours heads and borders by itself otherwise.
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
  });
  for (const row of rows) drawn.push(row.map((cell, index) => wrapCell(cell, widths[index] ?? 1)));
  return drawn.toString().replaceAll(/ +$/gm, '');
}

const NOWHERE = ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'];
const NO_EDGES = ['left', 'left-mid', 'right', 'right-mid'];
const CHARS = {
  ...Object.fromEntries([...NOWHERE, ...NO_EDGES].map((name) => [name, ''])),
  mid: '─',
  'mid-mid': '─'.repeat(GAP),
  middle: ' '.repeat(GAP),
};

function naturalWidths(columns: readonly Column[], rows: readonly (readonly string[])[]): number[] {
  return columns.map(({ title }, index) =>
    rows.reduce((widest, row) => Math.max(widest, textWidth(row[index] ?? '')), Math.max(1, textWidth(title))),
  );
}

/** Narrows flexible columns, widest first, then other text columns, until the table fits. */
function fit(columns: readonly Column[], natural: readonly number[], width: number): number[] {
  const widths = [...natural];
  let excess = widths.reduce((sum, each) => sum + each, 0) + GAP * (columns.length - 1) - width;
  const narrow = (wanted: (column: Column) => boolean, least: number): void => {
    const indices = [...columns.keys()].filter((index) => wanted(columns[index] ?? { title: '' }));
    for (const index of indices.toSorted((a, b) => (widths[b] ?? 0) - (widths[a] ?? 0))) {
      const own = widths[index] ?? 0;
      const cut = Math.max(0, Math.min(excess, own - least));
      widths[index] = own - cut;
      excess -= cut;
    }
  };
  narrow((column) => column.flexible === true, FLEXIBLE_MIN);
  narrow((column) => column.flexible !== true && column.align !== 'right', TEXT_MIN);
  return widths;
}

// oxlint-disable-next-line no-control-regex -- escape sequences begin with a control character
const EMPHASISED = /^(\u001B\[\d+m)([^\u001B]*)(\u001B\[\d+m)$/;

/** Emphasis is ended and begun again on each line, or it would run through the columns between. */
function wrapCell(cell: string, width: number): string {
  if (textWidth(cell) <= width) return cell;
  const [, on = '', text = cell, off = ''] = EMPHASISED.exec(cell) ?? [];
  return wrap(text, width)
    .map((line) => `${on}${line}${off}`)
    .join('\n');
}
