import { html } from './markup.ts';
import type { Content, Markup } from './markup.ts';
import type { PlotScale } from '../plot-axis.ts';

/** One line of a plot; a gap where `y` is null. */
export interface PlotLine {
  readonly label: string;
  readonly points: readonly PlotPoint[];
}

export interface PlotPoint {
  readonly x: number;
  readonly y: number | null;
  /** What lies within the point, where it stands for several: drawn as a band. */
  readonly low?: number;
  readonly high?: number;
}

/** A stretch of the x axis: a phase, or the time that a fault lasted. */
export interface PlotSpan {
  readonly kind: 'phase' | 'unjudged' | 'fault';
  readonly label: string;
  readonly from: number;
  readonly to: number;
}

export interface PlotAxis {
  readonly label: string;
  readonly scale: PlotScale;
  readonly format: (value: number) => string;
}

export interface Plot {
  readonly x: PlotAxis;
  readonly y: PlotAxis;
  readonly lines: readonly PlotLine[];
  readonly spans?: readonly PlotSpan[];
  /** Places on the x axis of the rows of the figure's table, where it has a row for each: the pointer then reads from there. */
  readonly rows?: readonly number[];
}

const WIDTH = 1000;
const HEIGHT = 300;
const SERIES = 6;
/** With more, a phone shows every other one. */
const TICKS_NARROW = 5;
/** A label in the middle of a tick beyond this would stand out on the right. */
const NEAR_END = 0.97;

/**
 * A plot that is as wide as there is room: lines are drawn stretched, labels are text of the page beside them, so that they stay readable on a
 * phone. All of it is decoration to a screen reader: the figure around it has the data as a table.
 */
export function plotMarkup({ x, y, lines, spans = [], rows = [] }: Plot): Markup {
  const [ax, ay] = [placeOn(x.scale), placeOn(y.scale)];
  return html`<div class="plot" aria-hidden="true">
    <div class="plot-title">${y.label}<span class="reading"></span></div>
    <div class="plot-y">
      ${y.scale.ticks.map((tick) => html`<span style="bottom:${percent(ay(tick))}">${y.format(tick)}</span>`)}
    </div>
    ${spanLabels(spans, ax)}
    <div class="plot-area" ${readsAttribute(rows, ax)}>
      ${rows.length > 0 ? html`<i class="reading-line" hidden></i>` : null}
      <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" focusable="false">
        ${spans.map((span) => spanShape(span, ax))}
        ${y.scale.ticks.map((tick) => html`<path class="grid" d="M0 ${down(ay(tick))}H${WIDTH}" />`)}
        ${x.scale.ticks.map((tick) => html`<path class="grid" d="M${across(ax(tick))} 0V${HEIGHT}" />`)}
        ${lines.map((line, index) => lineShapes(line, index, ax, ay))}
      </svg>
    </div>
    <div class="plot-x${x.scale.ticks.length > TICKS_NARROW ? ' dense' : ''}">
      ${x.scale.ticks.map((tick) => html`<span style="left:${percent(ax(tick))}" ${ax(tick) > NEAR_END ? html` class="last"` : null}>${x.format(tick)}</span>`)}
    </div>
    <div class="plot-x-title">${x.label}</div>
    ${legend(lines)}
  </div>`;
}

type Place = (value: number) => number;

function readsAttribute(rows: readonly number[], ax: Place): Content {
  return rows.length === 0 ? null : html` data-reads="${rows.map((x) => ax(x).toFixed(4)).join(' ')}"`;
}

/** What lies outside is drawn at the edge. */
function placeOn(scale: PlotScale): Place {
  return (value) => Math.min(1, Math.max(0, scale.at(value)));
}

function spanShape({ kind, from, to }: PlotSpan, ax: Place): Markup {
  const [left, right] = [ax(from), ax(to)];
  const edge = html`<path class="edge ${kind}" d="M${across(left)} 0V${HEIGHT}" />`;
  return html`<rect
      class="${kind}"
      x="${across(left)}"
      y="0"
      width="${across(right - left)}"
      height="${HEIGHT}"
    />${edge}`;
}

/** Above the plot, so that they hide no data: phases in one line, faults in another below it. */
function spanLabels(spans: readonly PlotSpan[], ax: Place): Content {
  const [faults, phases] = [spans.filter(({ kind }) => kind === 'fault'), spans.filter(({ kind }) => kind !== 'fault')];
  const rows = [phases, faults].filter((row) => row.length > 0);
  return html`<div class="plot-spans">
    ${rows.map((row) => html`<div>${row.map((span) => spanLabel(span, ax))}</div>`)}
  </div>`;
}

/** A fault is short and its name long: it may run on to the edge. */
function spanLabel({ kind, label, from, to }: PlotSpan, ax: Place): Markup {
  const room = kind === 'fault' ? 1 - ax(from) : ax(to) - ax(from);
  return html`<span class="span-label ${kind}" style="left:${percent(ax(from))};max-width:${percent(room)}"
    >${label}</span
  >`;
}

function lineShapes({ points }: PlotLine, index: number, ax: Place, ay: Place): Markup {
  const band = points.flatMap(({ x, low, high }) =>
    low === undefined || high === undefined ? [] : [{ x, low, high }],
  );
  return html`${bandShape(band, index, ax, ay)}<path class="${lineClass(index)}" d="${linePath(points, ax, ay)}" />`;
}

function bandShape(
  band: readonly { readonly x: number; readonly low: number; readonly high: number }[],
  index: number,
  ax: Place,
  ay: Place,
): Content {
  if (!band.some(({ low, high }) => low < high)) return null;
  const upper = band.map(({ x, high }) => `${across(ax(x))} ${down(ay(high))}`);
  const lower = band.toReversed().map(({ x, low }) => `${across(ax(x))} ${down(ay(low))}`);
  return html`<path class="band s${(index % SERIES) + 1}" d="M${[...upper, ...lower].join('L')}Z" />`;
}

/** A lone point between gaps is drawn as a dot: a line of no length with round ends. */
function linePath(points: readonly PlotPoint[], ax: Place, ay: Place): string {
  let isOpen = false;
  const parts = points.map(({ x, y }, index) => {
    if (y === null) {
      isOpen = false;
      return '';
    }
    const place = `${across(ax(x))} ${down(ay(y))}`;
    const command = isOpen ? `L${place}` : `M${place}`;
    const isAlone = !isOpen && (points[index + 1]?.y ?? null) === null;
    isOpen = true;
    return isAlone ? `${command}h0` : command;
  });
  return parts.join('');
}

/** Which line is which, by colour and by dashes. */
function legend(lines: readonly PlotLine[]): Content {
  if (lines.length < 2) return null;
  const items = lines.map(({ label }, index) => {
    const swatch = html`<svg viewBox="0 0 28 8" focusable="false">
      <path class="${lineClass(index)}" d="M1 4H27" />
    </svg>`;
    return html`<li>${swatch}${label}</li>`;
  });
  return html`<ul class="legend">
    ${items}
  </ul>`;
}

function lineClass(index: number): string {
  return `line s${(index % SERIES) + 1} d${(Math.floor(index / SERIES) % 3) + 1}`;
}

function across(share: number): string {
  return short(share * WIDTH);
}

function down(share: number): string {
  return short((1 - share) * HEIGHT);
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(2))}%`;
}

function short(value: number): string {
  return String(Number(value.toFixed(1)));
}
