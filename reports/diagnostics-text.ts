import type { Diagnostic, Place } from '../model/document/diagnostic.ts';
import { excerptOf } from './source-excerpt.ts';
import type { Style } from './style.ts';
import { textWidth, wrapUnder } from './text-width.ts';

export interface DiagnosticsOptions {
  /** Terminal columns; source lines are cut to them. */
  readonly width?: number;
  /** What became of it all, behind the count: `nothing was started`. */
  readonly tail?: string;
}

const WIDTH = 120;

/**
 * Every problem of a file with its line, a caret and what to write instead, then how many there were. Ends with a line
 * end. `source` is the text that the places are in, `path` its name in the last line.
 */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  source: string,
  path: string,
  style: Style,
  options: DiagnosticsOptions = {},
): string {
  const lines = source.split(/\r\n|\n|\r/);
  const width = options.width ?? WIDTH;
  const blocks = diagnostics.map((diagnostic) => renderOne(diagnostic, lines, style, width));
  const count = `${diagnostics.length} ${diagnostics.length === 1 ? 'error' : 'errors'} in ${path}`;
  return [...blocks, `${options.tail ? `${count}; ${options.tail}` : count}\n`].join('\n');
}

function renderOne(diagnostic: Diagnostic, lines: readonly string[], style: Style, width: number): string {
  const { path, line, column, code, message, help, related } = diagnostic;
  const place = style.strong(`${path}:${line}:${column}:`);
  const head = `${place} ${style.bad(`error[${code}]`)}: ${style.strong(message)}`;
  const gutter = String(Math.max(line, related?.line ?? 0)).length;
  const draw: Drawing = { lines, style, width, gutter, mark: '^', colour: style.bad };
  const blank = style.accent(`${' '.repeat(gutter)} |`);
  const shown = [head, blank, ...drawPlace(diagnostic, help, draw)];
  if (related) {
    shown.push(blank, ...drawPlace(related, related.label, { ...draw, mark: '-', colour: style.accent }));
  }
  return `${shown.join('\n')}\n`;
}

interface Drawing {
  readonly lines: readonly string[];
  readonly style: Style;
  readonly width: number;
  readonly gutter: number;
  readonly mark: string;
  readonly colour: (text: string) => string;
}

/** The line of a place, and under it the marks with the label beside them, or below where it does not fit. */
function drawPlace(place: Place, label: string | undefined, drawing: Drawing): string[] {
  const { lines, style, width, gutter, mark, colour } = drawing;
  const room = Math.max(20, width - gutter - 3);
  const excerpt = excerptOf(lines[place.line - 1] ?? '', place.column, place.length, room);
  const number = style.accent(`${String(place.line).padEnd(gutter)} |`);
  const margin = style.accent(`${' '.repeat(gutter)} |`);
  const marks = `${' '.repeat(excerpt.before)}${colour(mark.repeat(excerpt.length))}`;
  // Nothing stands behind `|` on an empty line: no trailing spaces.
  const shown = [excerpt.text === '' ? number : `${number} ${excerpt.text}`];
  if (!label) return [...shown, `${margin} ${marks}`];
  const fits = excerpt.before + excerpt.length + 1 + textWidth(label) <= room;
  if (fits) return [...shown, `${margin} ${marks} ${colour(label)}`];
  const below = wrapUnder(`${' '.repeat(gutter)} = ${mark === '^' ? 'help' : 'note'}: `, label, width);
  return [...shown, `${margin} ${marks}`, below];
}
