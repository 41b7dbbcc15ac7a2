import type { Box } from './architecture.ts';
import type { GraphLayout, GraphPlace } from './graph-layout.ts';
import { html } from './markup.ts';
import type { Content, Markup } from './markup.ts';
import { scrollBox } from './scroll-box.ts';

export interface Graph {
  readonly layout: GraphLayout;
  readonly boxes: ReadonlyMap<string, Box>;
  readonly label: string;
}

const BOX = { width: 164, height: 56 };
const COLUMN_PX = 214;
const ROW_PX = 78;
/** Room for what is written above a box. */
const MARGIN = 18;

/** A layered graph at its natural size; where the page is narrower, it scrolls in its own box. */
export function graphMarkup({ layout, boxes, label }: Graph): Markup {
  const width = (layout.columns - 1) * COLUMN_PX + BOX.width + 2 * MARGIN;
  const height = (layout.lowest - layout.highest) * ROW_PX + BOX.height + 2 * MARGIN;
  const at = (place: GraphPlace): Point => ({
    x: MARGIN + BOX.width / 2 + place.column * COLUMN_PX,
    y: MARGIN + BOX.height / 2 + (place.row - layout.highest) * ROW_PX,
  });
  const calls = layout.edges.map(({ edge, through }) => ({ edge, points: pathPoints(through.map(at)) }));
  const lines = calls.map(
    ({ edge, points }) =>
      html`<path class="call${edge.label === '' ? ' quiet' : ''}" d="${curve(points)}" />${arrow(points)}`,
  );
  const loads = calls.map(({ edge, points }) => loadLabel(edge.label, points));
  const drawn = [...boxes].map(([id, box]) => boxMarkup(id, box, layout.nodes.get(id), at));
  const size = html`width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  const drawing = html`<svg class="graph" role="img" aria-label="${label}" ${size}>${lines}${drawn}${loads}</svg>`;
  return scrollBox(label, drawing);
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** From the side of one box to the side of the other, through the free places between. */
function pathPoints(middles: readonly Point[]): Point[] {
  const last = middles.length - 1;
  return middles.flatMap(({ x, y }, index) => {
    const next = middles[index + 1] ?? middles[index - 1];
    const isAhead = index === last ? (middles[index - 1]?.x ?? x) < x : (next?.x ?? x) > x;
    const side = (BOX.width / 2) * (isAhead === (index !== last) ? 1 : -1);
    if (index === 0 || index === last) return [{ x: x + side, y }];
    return [
      { x: x - BOX.width / 2, y },
      { x: x + BOX.width / 2, y },
    ];
  });
}

function curve(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  let before = first;
  const parts = rest.map((point) => {
    const middle = (before.x + point.x) / 2;
    const part =
      before.y === point.y ? `H${point.x}` : `C${middle} ${before.y} ${middle} ${point.y} ${point.x} ${point.y}`;
    before = point;
    return part;
  });
  return `M${first.x} ${first.y}${parts.join('')}`;
}

function arrow(points: readonly Point[]): Content {
  const end = points.at(-1);
  const before = points.at(-2);
  if (!end || !before) return null;
  const back = end.x >= before.x ? -7 : 7;
  return html`<path class="arrow" d="M${end.x} ${end.y}l${back} -4v8z" />`;
}

/** In px. */
const LETTER_WIDTH = 6.5;
const ARROW_SPACE = 10;

/** In the last gap, near where it arrives: arrows fan out from callers more than they come together. */
function loadLabel(label: string, points: readonly Point[]): Content {
  const end = points.at(-1);
  const before = points.at(-2);
  if (label === '' || !end || !before) return null;
  const [wanted, y] = [before.x + (end.x - before.x) * 0.6, before.y + (end.y - before.y) * 0.75];
  // Its end stays before the arrow's head, however long it is.
  const x = end.x >= before.x ? Math.min(wanted, end.x - ARROW_SPACE - (label.length * LETTER_WIDTH) / 2) : wanted;
  return html`<text class="load" x="${Math.round(x)}" y="${Math.round(y - 4)}" text-anchor="middle">${label}</text>`;
}

const NAME_MAX = 20;

function boxMarkup(
  id: string,
  { lines, mark }: Box,
  place: GraphPlace | undefined,
  at: (place: GraphPlace) => Point,
): Content {
  if (!place) return null;
  const { x, y } = at(place);
  const [left, top] = [x - BOX.width / 2, y - BOX.height / 2];
  const texts = lines.map(
    (line, index) => html`<text class="faint" x="${left + 9}" y="${top + 34 + index * 15}">${line}</text>`,
  );
  const name = id.length > NAME_MAX ? `${id.slice(0, NAME_MAX - 1)}…` : id;
  return html`<g${mark === undefined ? null : html` class="suspect"`}><title>${id}</title><rect x="${left}" y="${top}" width="${BOX.width}" height="${BOX.height}" rx="4"/>
    <text class="name" x="${left + 9}" y="${top + 18}">${name}</text>${texts}
    ${mark === undefined ? null : html`<text class="mark" x="${left}" y="${top - 5}">${mark}</text>`}</g>`;
}
