import { encodeCell, type CellPlace } from './encode-cell.ts';
import { REQUEST, SESSION, cellsOf, parseTemplate, type Cell } from './template.ts';
import type { RequestTemplate, Workload } from './workload.ts';

/** What no feed holds: the request's own id, and what its journey has kept so far. */
export interface Own {
  readonly id: string;
  readonly session: ReadonlyMap<string, string>;
}

export const NO_SESSION: ReadonlyMap<string, string> = new Map();

/** A request class compiled for sending. `rows` is what a `Drawer` drew: a row per feed. */
export interface CompiledRequest {
  readonly template: RequestTemplate;
  readonly path: Text;
  /** Names and values in turn. Do not change: requests without placeholders in their headers share it. */
  headers(rows: Int32Array, own?: Own): string[];
  /** Undefined when the class has no body. */
  readonly body: Text | undefined;
  /** Whether it sends an id of its own. */
  readonly needsId: boolean;
}

type Text = (rows: Int32Array, own?: Own) => string;

/**
 * Compiles every class of a workload that `createDrawer` has accepted. Cells are encoded for their place once, here, so
 * that a request costs no more than joining strings.
 */
export function compileRequests(workload: Workload): CompiledRequest[] {
  return compileTemplates(workload.classes, workload.feeds);
}

/** Compiles the steps of every journey, likewise. */
export function compileJourneys({ journeys = [], feeds }: Workload): CompiledRequest[][] {
  return journeys.map(({ steps }) =>
    compileTemplates(
      steps.map(({ request }) => request),
      feeds,
    ),
  );
}

function compileTemplates(templates: readonly RequestTemplate[], feeds: Workload['feeds']): CompiledRequest[] {
  const columns = new Map<string, readonly string[]>();
  const feedNames = Object.keys(feeds);

  const encodedColumn = (cell: Cell, place: CellPlace): readonly string[] => {
    const key = JSON.stringify([cell.feed, cell.column, place]);
    const feed = feeds[cell.feed];
    const index = feed?.columns.indexOf(cell.column) ?? -1;
    const encoded = columns.get(key) ?? (feed?.rows ?? []).map((row) => sharedEncoding(row[index] ?? '', place));
    columns.set(key, encoded);
    return encoded;
  };
  const compile = (text: string, place: CellPlace): Text =>
    join(
      parseTemplate(text).map((segment) => {
        if (typeof segment === 'string') return segment;
        // An id needs no encoding, wherever it stands.
        if (segment.feed === REQUEST) return (_, own) => own?.id ?? '';
        if (segment.feed === SESSION) return kept(segment, segment.number ? 'number' : place);
        const feed = feedNames.indexOf(segment.feed);
        const cells = encodedColumn(segment, segment.number ? 'number' : place);
        return (rows) => cells[rows[feed] ?? -1] ?? '';
      }),
    );
  return templates.map((template) => ({
    template,
    path: compile(template.path, 'path'),
    headers: compileHeaders(template, compile),
    body: template.body === undefined ? undefined : compile(template.body, 'body'),
    needsId: textsOf(template).some((text) => cellsOf(parseTemplate(text)).some(({ feed }) => feed === REQUEST)),
  }));
}

/** What a journey has kept; left empty where it cannot stand. */
function kept({ column }: Cell, place: CellPlace): Text {
  return (_, own) => encodeCell(own?.session.get(column) ?? '', place) ?? '';
}

function textsOf({ path, headers, body = '' }: RequestTemplate): string[] {
  return [path, ...Object.values(headers), body];
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
    return (rows, own) => first + second(rows, own);
  }
  if (pieces.length === 3 && typeof first === 'string' && typeof second === 'function' && typeof third === 'string') {
    return (rows, own) => first + second(rows, own) + third;
  }
  return (rows, own) => {
    let text = '';
    for (const piece of pieces) text += typeof piece === 'string' ? piece : piece(rows, own);
    return text;
  };
}

function compileHeaders(
  template: RequestTemplate,
  compile: (text: string, place: CellPlace) => Text,
): CompiledRequest['headers'] {
  const entries = Object.entries(template.headers);
  if (template.body !== undefined && !entries.some(([name]) => name.toLowerCase() === 'content-type')) {
    entries.push(['content-type', 'application/json']);
  }
  if (!entries.some(([, value]) => value.includes('${'))) {
    const fixed = entries.flat();
    return () => fixed;
  }
  const texts = entries.map(([name, value]) => [name, compile(value, 'header')] as const);
  return (rows, own) => texts.flatMap(([name, value]) => [name, value(rows, own)]);
}
