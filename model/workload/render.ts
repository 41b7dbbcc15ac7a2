import { encodeCell, type CellPlace } from './encode-cell.ts';
import { parseTemplate, type Cell } from './template.ts';
import type { RequestTemplate, Workload } from './workload.ts';

/** A request class compiled for sending. `rows` is what a `Drawer` drew: a row per feed. */
export interface CompiledRequest {
  readonly template: RequestTemplate;
  path(rows: Int32Array): string;
  /** Names and values in turn. Do not change: requests without placeholders in their headers share it. */
  headers(rows: Int32Array): string[];
  /** Undefined when the class has no body. */
  readonly body: ((rows: Int32Array) => string) | undefined;
}

type Text = (rows: Int32Array) => string;

/**
 * Compiles every class of a workload that `createDrawer` has accepted. Cells are encoded for their place once, here, so
 * that a request costs no more than joining strings.
 */
export function compileRequests(workload: Workload): CompiledRequest[] {
  const columns = new Map<string, readonly string[]>();
  const feedNames = Object.keys(workload.feeds);

  const encodedColumn = (cell: Cell, place: CellPlace): readonly string[] => {
    const key = JSON.stringify([cell.feed, cell.column, place]);
    const feed = workload.feeds[cell.feed];
    const index = feed?.columns.indexOf(cell.column) ?? -1;
    const encoded = columns.get(key) ?? (feed?.rows ?? []).map((row) => sharedEncoding(row[index] ?? '', place));
    columns.set(key, encoded);
    return encoded;
  };
  const compile = (text: string, place: CellPlace): Text =>
    join(
      parseTemplate(text).map((segment) => {
        if (typeof segment === 'string') return segment;
        const feed = feedNames.indexOf(segment.feed);
        const cells = encodedColumn(segment, segment.number ? 'number' : place);
        return (rows) => cells[rows[feed] ?? -1] ?? '';
      }),
    );
  return workload.classes.map((template) => ({
    template,
    path: compile(template.path, 'path'),
    headers: compileHeaders(template, compile),
    body: template.body === undefined ? undefined : compile(template.body, 'body'),
  }));
}

/** The same string object where nothing needs encoding: a million cells are then not held twice. */
function sharedEncoding(cell: string, place: CellPlace): string {
  const encoded = encodeCell(cell, place);
  return encoded === null || encoded === cell ? cell : encoded;
}

function join(pieces: readonly (string | Text)[]): Text {
  const [first = '', second, third] = pieces;
  if (pieces.length <= 1 && typeof first === 'string') return () => first;
  if (pieces.length === 2 && typeof first === 'string' && typeof second === 'function') {
    return (rows) => first + second(rows);
  }
  if (pieces.length === 3 && typeof first === 'string' && typeof second === 'function' && typeof third === 'string') {
    return (rows) => first + second(rows) + third;
  }
  return (rows) => {
    let text = '';
    for (const piece of pieces) text += typeof piece === 'string' ? piece : piece(rows);
    return text;
  };
}

function compileHeaders(
  template: RequestTemplate,
  compile: (text: string, place: CellPlace) => Text,
): (rows: Int32Array) => string[] {
  const entries = Object.entries(template.headers);
  if (template.body !== undefined && !entries.some(([name]) => name.toLowerCase() === 'content-type')) {
    entries.push(['content-type', 'application/json']);
  }
  if (!entries.some(([, value]) => value.includes('${'))) {
    const fixed = entries.flat();
    return () => fixed;
  }
  const texts = entries.map(([name, value]) => [name, compile(value, 'header')] as const);
  return (rows) => texts.flatMap(([name, value]) => [name, value(rows)]);
}
