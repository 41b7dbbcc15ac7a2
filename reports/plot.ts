import { linearScale, logScale, widenedLogScale, widenedScale } from './plot-axis.ts';
import type { PlotScale } from './plot-axis.ts';
import { PlotCanvas } from './plot-canvas.ts';
import { textWidth, wrapUnder } from './text-width.ts';

export interface PlotAxis {
  /** What the axis is of, with its unit where `format` does not write one. */
  readonly label: string;
  readonly scale?: 'linear' | 'log';
  readonly format: (value: number) => string;
}

export interface PlotSeries {
  readonly label: string;
  /** One for each x; null leaves a gap, Infinity is drawn as `∞` at the top. */
  readonly values: readonly (number | null)[];
}

export interface PlotRequest {
  readonly x: PlotAxis & {
    /** Going up. */
    readonly values: readonly number[];
    /** Marked with `▲` on the axis. */
    readonly marks?: readonly number[];
  };
  readonly y: PlotAxis & {
    /** Drawn across, where they lie within what is drawn. */
    readonly lines?: readonly number[];
  };
  readonly series: readonly PlotSeries[];
  /** Columns to stay within. */
  readonly width: number;
  /** Rows of the field between the axes. */
  readonly height?: number;
}

const HEIGHT = 11;
const FIELD_MIN = 20;
/** What several series are drawn with; one alone is drawn in dots. All one column wide in any font. */
const MARKERS = ['*', 'o', '+', 'x', '#', '=', '%', '@'];
/** More cannot be told apart. */
export const SERIES_MAX: number = MARKERS.length;

/**
 * Curves over a common x as text without escape sequences, five rows taller than its field (more where the legend is long):
 * braille dots for one series, a character for each of several. No line end behind it.
 * @throws RangeError for fewer than two x, for series of another length than x, and for more than `SERIES_MAX` series.
 */
export function plot(request: PlotRequest): string {
  check(request);
  const { x, y, series, width, height = HEIGHT } = request;
  const yScale = scaleOfValues(request, height);
  const labels = rowLabels(yScale, y, height);
  const margin = Math.max(...labels.map(textWidth)) + 1;
  const columns = Math.max(FIELD_MIN, width - margin - 1);
  const xScale = scaleOfX(x, columns);
  const canvas = new PlotCanvas(columns, height);
  for (const line of y.lines ?? []) if (yScale.at(line) >= 0 && yScale.at(line) <= 1) canvas.ruler(yScale.at(line));
  const dots = series.length === 1;
  for (const [index, { values }] of series.entries()) {
    const marker = dots ? undefined : MARKERS[index];
    canvas.curve(places(values, x.values, xScale, yScale), marker);
    for (const at of unbounded(values, x.values, xScale)) canvas.top(at, '∞');
  }
  const rows = canvas.rows().map((row, index) => {
    const label = labels[index] ?? '';
    return `${label.padStart(margin - 1)} ${label === '' ? '│' : '┤'}${row}`.trimEnd();
  });
  const legend = dots ? [] : [legendOf(series, width)];
  return [y.label, ...rows, ...xAxis(x, xScale, columns, margin), ...legend].join('\n');
}

function check({ x, series }: PlotRequest): void {
  if (x.values.length < 2) throw new RangeError('a plot needs two points at least');
  if (series.length > MARKERS.length) throw new RangeError(`a plot has ${MARKERS.length} series at most`);
  const odd = series.find(({ values }) => values.length !== x.values.length);
  if (odd) throw new RangeError(`${odd.label} has ${odd.values.length} values for ${x.values.length} points`);
}

function scaleOfX({ values, scale }: PlotRequest['x'], columns: number): PlotScale {
  const [low = 0, high = 1] = [values[0], values.at(-1)];
  const count = Math.max(2, Math.floor(columns / 14));
  return scale === 'log' ? logScale(low, high, count) : linearScale(low, high, count);
}

function scaleOfValues({ y, series }: PlotRequest, height: number): PlotScale {
  const values = series.flatMap(({ values }) => values.filter((value) => value !== null && Number.isFinite(value)));
  const numbers = values.filter((value) => value !== null);
  const low = numbers.reduce((least, value) => Math.min(least, value), numbers[0] ?? 0);
  const high = numbers.reduce((most, value) => Math.max(most, value), numbers[0] ?? 1);
  const count = Math.max(2, Math.floor(height / 2.5));
  return y.scale === 'log' ? widenedLogScale(low, high, count) : widenedScale(low, high, count);
}

/** The label of each row; lines that were asked for come before ticks that would share their row. */
function rowLabels(scale: PlotScale, { format, lines = [] }: PlotRequest['y'], height: number): string[] {
  const labels = Array.from({ length: height }, () => '');
  for (const value of [...scale.ticks, ...lines]) {
    const at = scale.at(value);
    if (at >= 0 && at <= 1) labels[rowOf(at, height)] = format(value);
  }
  return labels;
}

function rowOf(at: number, height: number): number {
  return Math.round((1 - at) * (height - 1));
}

interface Place {
  readonly x: number;
  readonly y: number;
}

function places(
  values: PlotSeries['values'],
  xs: readonly number[],
  xScale: PlotScale,
  yScale: PlotScale,
): (Place | null)[] {
  return values.map((value, index) =>
    value === null || !Number.isFinite(value) ? null : { x: xScale.at(xs[index] ?? 0), y: yScale.at(value) },
  );
}

function unbounded(values: PlotSeries['values'], xs: readonly number[], xScale: PlotScale): number[] {
  return xs.filter((_, index) => values[index] === Infinity).map(xScale.at);
}

/** The axis with its marks, its labels, and what it is of. */
function xAxis(x: PlotRequest['x'], scale: PlotScale, columns: number, margin: number): string[] {
  const column = (value: number): number => Math.round(scale.at(value) * (columns - 1));
  const line = Array.from({ length: columns }, () => '─');
  const labels = Array.from({ length: columns }, () => ' ');
  // Both ends first; the rest where there is room.
  for (const tick of [scale.low, scale.high, ...scale.ticks]) {
    const text = x.format(tick);
    const start = Math.max(0, Math.min(columns - text.length, column(tick) - Math.floor(text.length / 2)));
    const taken = labels.slice(Math.max(0, start - 1), start + text.length + 1).some((each) => each !== ' ');
    if (taken) continue;
    line[column(tick)] = '┬';
    labels.splice(start, text.length, ...text);
  }
  for (const mark of x.marks ?? []) if (scale.at(mark) >= 0 && scale.at(mark) <= 1) line[column(mark)] = '▲';
  const indent = ' '.repeat(margin + 1);
  const centred = ' '.repeat(Math.max(0, Math.floor((columns - textWidth(x.label)) / 2)));
  return [
    `${' '.repeat(margin)}└${line.join('')}`,
    `${indent}${labels.join('')}`.trimEnd(),
    `${indent}${centred}${x.label}`,
  ];
}

function legendOf(series: readonly PlotSeries[], width: number): string {
  // A marker and its label stay together: their space is made one that does not break.
  const entries = series.map(({ label }, index) => `${MARKERS[index]}\u00A0${label.replaceAll(' ', '\u00A0')} `);
  return wrapUnder('  ', entries.join(' '), width).replaceAll('\u00A0', ' ').replaceAll(/ +$/gm, '');
}
