import type { RatePiece } from '../workload/workload.ts';

/** A rate at a time of the trace's own. */
export interface TracePoint {
  readonly at_s: number;
  readonly rate_per_s: number;
}

/** What is wrong with a trace, and in which of its lines (from 1). */
export interface TraceProblem {
  readonly line: number;
  readonly message: string;
}

const MAX_POINTS = 100_000;

/**
 * Reads a trace file: a rate in req/s on each line, equally far apart, or `seconds,rate`. Empty lines, lines that begin
 * with `#` and a first line of headings are passed over. Commas, semicolons and tabs separate.
 */
export function parseTrace(text: string): readonly TracePoint[] | TraceProblem {
  const rows = text
    .split('\n')
    .map((row, index) => ({ line: index + 1, cells: row.split(/[,;\t]/).map((cell) => cell.trim()), row: row.trim() }))
    .filter(({ row }) => row !== '' && !row.startsWith('#'))
    .filter(({ cells }, index) => index > 0 || cells.some((cell) => isNumber(cell)));
  if (rows.length > MAX_POINTS) return { line: MAX_POINTS + 1, message: `has more than ${MAX_POINTS} rates` };
  const columns = rows[0]?.cells.length ?? 1;
  const points: TracePoint[] = [];
  for (const [index, { line, cells, row }] of rows.entries()) {
    const [first = Number.NaN, second] = cells.map((cell) => (isNumber(cell) ? Number(cell) : Number.NaN));
    const point = second === undefined ? { at_s: index, rate_per_s: first } : { at_s: first, rate_per_s: second };
    const message = whyNot(point, cells.length, columns, row) ?? whyNotAfter(points.at(-1), point);
    if (message !== undefined) return { line, message };
    points.push(point);
  }
  return points;
}

/** The points drawn into `duration_s`, linear between them. Needs at least two, in order of time. */
export function tracePieces(points: readonly TracePoint[], duration_s: number): RatePiece[] {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || first === last) throw new RangeError('a trace needs at least two rates');
  const scale = duration_s / (last.at_s - first.at_s);
  return points.slice(1).map((end, index) => {
    const start = points[index] ?? first;
    return {
      duration_s: (end.at_s - start.at_s) * scale,
      rate_per_s: start.rate_per_s,
      rate_end_per_s: end.rate_per_s,
    };
  });
}

function whyNot({ at_s, rate_per_s }: TracePoint, cells: number, columns: number, row: string): string | undefined {
  if (cells > 2 || cells !== columns)
    return `\`${row}\` has ${cells} columns; it should be a rate, or seconds and a rate`;
  if (Number.isNaN(rate_per_s)) return `\`${row}\` has no rate in req/s as a plain number`;
  if (Number.isNaN(at_s)) return `\`${row}\` has no time in seconds`;
  return rate_per_s < 0 ? 'a rate cannot be negative' : undefined;
}

function whyNotAfter(before: TracePoint | undefined, { at_s }: TracePoint): string | undefined {
  return before && at_s <= before.at_s ? 'times have to ascend' : undefined;
}

function isNumber(text: string): boolean {
  return text !== '' && Number.isFinite(Number(text));
}
