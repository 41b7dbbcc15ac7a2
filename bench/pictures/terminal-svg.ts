import { DARK, LIGHT } from '../../reports/html/palette.ts';
import type { Palette } from '../../reports/html/palette.ts';
import { textWidth } from '../../reports/text-width.ts';
import { xmlAttribute, xmlText } from '../../reports/xml-text.ts';
import type { Stretch } from './read-ansi.ts';

/** What a terminal shows, and for how long when others follow. */
export interface Frame {
  readonly lines: readonly (readonly Stretch[])[];
  readonly seconds: number;
}

export interface TerminalPicture {
  /** Read out in place of the picture: what it is, and what it shows. */
  readonly title: string;
  readonly description: string;
  readonly columns: number;
  /** One stands still. Several are shown once, one after the other, and the last one stays. */
  readonly frames: readonly Frame[];
}

const COLUMN = 8.4;
const LINE = 20;
const MARGIN = 20;
const BAR = 34;
const COLOURS = ['ink', 'faint', 'good', 'bad', 'warn', 'link'] as const;

/** A terminal window as SVG: text as text, for light and dark, without script or anything loaded. Ends with a line end. */
export function terminalSvg({ title, description, columns, frames }: TerminalPicture): string {
  const width = Math.ceil(columns * COLUMN + 2 * MARGIN);
  const rows = Math.max(...frames.map(({ lines }) => lines.length));
  const height = BAR + rows * LINE + MARGIN;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description">`,
    `<title id="title">${xmlText(title)}</title>`,
    `<desc id="description">${xmlText(description)}</desc>`,
    `<style>${stylesheet()}${motion(frames)}</style>`,
    `<rect class="paper rule" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>`,
    ...[0, 1, 2].map((at) => `<circle class="dot" cx="${MARGIN + 2 + at * 16}" cy="18" r="5"/>`),
    ...frames.map(frameGroup),
    '</svg>',
    '',
  ].join('\n');
}

/** Only generic families: whatever is there, `textLength` keeps the columns. */
function stylesheet(): string {
  const text = 'text{font:14px ui-monospace,monospace;white-space:pre}.bold{font-weight:700}';
  return `${text}${colours(LIGHT)}@media (prefers-color-scheme:dark){${colours(DARK)}}`;
}

function colours(palette: Palette): string {
  const named = COLOURS.map((name) => `.${name}{fill:${palette[name]}}`);
  return [...named, `.paper{fill:${palette.paper}}.rule{stroke:${palette.rule}}.dot{fill:${palette.rule}}`].join('');
}

/**
 * Each frame but the last is hidden but for its time; the last one is there but for the time of the others, so that it is what stays, and what
 * is shown where nothing moves.
 */
function motion(frames: readonly Frame[]): string {
  if (frames.length < 2) return '';
  let begin_s = 0;
  const rules = frames.map(({ seconds }, index) => {
    const from_s = begin_s;
    begin_s += seconds;
    const isLast = index === frames.length - 1;
    if (isLast) return `#f${index}{animation:wait ${from_s}s step-end}`;
    return `#f${index}{visibility:hidden;animation:show ${seconds}s step-end ${from_s}s}`;
  });
  const keyframes = '@keyframes show{from,to{visibility:visible}}@keyframes wait{from{visibility:hidden}}';
  return `${keyframes}${rules.join('')}@media (prefers-reduced-motion:reduce){g{animation:none!important}}`;
}

function frameGroup({ lines }: Frame, index: number): string {
  const drawn = lines.flatMap((stretches, row) => lineText(stretches, BAR + row * LINE + 15));
  return [`<g id="f${index}">`, ...drawn, '</g>'].join('\n');
}

/** One text a line; words that two spaces part stand by themselves, so that columns are where the terminal has them. */
function lineText(stretches: readonly Stretch[], y: number): string[] {
  let column = 0;
  const spans = stretches.flatMap(({ text, colour, bold }) =>
    text.split(/( {2,})/).flatMap((piece) => {
      const begins = column + (piece.length - piece.trimStart().length);
      column += textWidth(piece);
      const shown = piece.trim();
      if (shown === '') return [];
      const place = `x="${tenth(MARGIN + begins * COLUMN)}" textLength="${tenth(textWidth(shown) * COLUMN)}"`;
      const look = `class="${colour}${bold ? ' bold' : ''}"`;
      return [`<tspan ${place} lengthAdjust="spacingAndGlyphs" ${look}>${xmlText(shown)}</tspan>`];
    }),
  );
  return spans.length > 0 ? [`<text y="${y}">${spans.join('')}</text>`] : [];
}

function tenth(value: number): string {
  return xmlAttribute(String(Math.round(value * 10) / 10));
}
