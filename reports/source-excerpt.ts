import { graphemeWidth, graphemes } from './text-width.ts';

/** One source line made fit to show, with the columns to underline. */
export interface Excerpt {
  readonly text: string;
  /** Terminal columns before the first underlined one. */
  readonly before: number;
  /** Terminal columns to underline, at least 1. */
  readonly length: number;
}

const TAB_STOP = 4;
const CUT = '…';

interface Cell {
  readonly text: string;
  readonly width: number;
  /** Characters of the line before this one. */
  readonly offset: number;
}

/**
 * Cuts a line down to `width` columns around the marked part (1-based `column`, `length` in characters). Tabs become spaces;
 * control characters become `·`, so that no file can steer the terminal; wide characters count two columns.
 */
export function excerptOf(line: string, column: number, length: number, width: number): Excerpt {
  const cells = cellsOf(line);
  const start = cells.findIndex((cell) => cell.offset + cell.text.length > column - 1 && cell.offset >= 0);
  const from = start === -1 ? cells.length : start;
  const stop = cells.findIndex((cell) => cell.offset >= column - 1 + length);
  const to = Math.max(from, stop === -1 ? cells.length : stop);
  const [first, last] = visible(cells, from, to, width);
  const cutLeft = first > 0 ? CUT : '';
  const cutRight = last < cells.length ? CUT : '';
  const text = cutLeft + cells.slice(first, last).map(drawn).join('') + cutRight;
  const before = cutLeft.length + widthOf(cells.slice(first, from));
  return { text, before, length: Math.max(1, widthOf(cells.slice(from, Math.min(to, last)))) };
}

function cellsOf(line: string): Cell[] {
  const cells: Cell[] = [];
  let at = 0;
  for (const { text, offset } of graphemes(line)) {
    const width = text === '\t' ? TAB_STOP - (at % TAB_STOP) : graphemeWidth(text) || (isControl(text) ? 1 : 0);
    cells.push({ text, width, offset });
    at += width;
  }
  return cells;
}

function drawn({ text, width }: Cell): string {
  if (text === '\t') return ' '.repeat(width);
  return isControl(text) ? '·' : text;
}

function isControl(text: string): boolean {
  return /\p{Cc}|[\u202A-\u202E\u2066-\u2069]/u.test(text);
}

function widthOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, cell) => sum + cell.width, 0);
}

/** Which cells to show: all when they fit, else a window around the marked ones, room kept for the cut marks. */
function visible(cells: readonly Cell[], from: number, to: number, width: number): readonly [number, number] {
  if (widthOf(cells) <= width) return [0, cells.length];
  const room = Math.max(10, width - 2 * CUT.length);
  const marked = Math.min(room, widthOf(cells.slice(from, to)));
  // Half of the room that is left shows what stands before, the rest what follows; near the end, more of what is before.
  const first = from - countThatFits(cells.slice(0, from).toReversed(), Math.floor((room - marked) / 2));
  const last = first + countThatFits(cells.slice(first), room);
  return last < cells.length ? [first, last] : [last - countThatFits(cells.toReversed(), room), last];
}

function countThatFits(cells: readonly Cell[], room: number): number {
  let used = 0;
  const over = cells.findIndex((cell) => {
    used += cell.width;
    return used > room;
  });
  return over === -1 ? cells.length : over;
}
