import { HEADER_NAME, RESERVED_HEADERS } from './check-header.ts';
import { CELL_RULE, encodeCell, type CellPlace } from './encode-cell.ts';
import { REQUEST, SESSION, cellsOf, isOwn, malformed, parseTemplate, type Cell, type Segment } from './template.ts';
import type { RequestTemplate, Workload } from './workload.ts';

/** What placeholders may name. */
interface Surroundings {
  readonly feeds: Workload['feeds'];
  /** Names of what earlier steps of a journey have kept. */
  readonly kept: ReadonlySet<string>;
}

interface Text {
  readonly where: string;
  readonly place: CellPlace;
  readonly segments: readonly Segment[];
}

function textsOf(template: RequestTemplate): Text[] {
  const owner = `class \`${template.class}\``;
  const texts: Text[] = [
    { where: `the path of ${owner}`, place: 'path', segments: parseTemplate(template.path) },
    ...Object.entries(template.headers).map(([name, value]): Text => ({
      where: `header \`${name}\` of ${owner}`,
      place: 'header',
      segments: parseTemplate(value),
    })),
  ];
  if (template.body !== undefined) {
    texts.push({ where: `the body of ${owner}`, place: 'body', segments: parseTemplate(template.body) });
  }
  return texts;
}

function cellProblems({ feeds, kept }: Surroundings, text: Text, cell: Cell): string[] {
  if (isOwn(cell.feed)) return ownProblems(text, cell, kept);
  const feed = feeds[cell.feed];
  if (feed === undefined) return [`unknown feed \`${cell.feed}\` in ${text.where}`];
  const column = feed.columns.indexOf(cell.column);
  if (column < 0) return [`unknown column \`${cell.column}\` of feed \`${cell.feed}\` in ${text.where}`];
  if (cell.number && text.place !== 'body') return [`\`:number\` is for bodies, not for ${text.where}`];
  const place = cell.number ? 'number' : text.place;
  const wrong = feed.rows.findIndex((row) => encodeCell(row[column] ?? '', place) === null);
  if (wrong < 0) return [];
  return [`row ${wrong + 1} of feed \`${cell.feed}\`: \`${cell.column}\` must be ${CELL_RULE[place]} in ${text.where}`];
}

/** An id is text that may stand anywhere; what a session holds is known while it lasts. */
function ownProblems(text: Text, { feed, column, number }: Cell, kept: ReadonlySet<string>): string[] {
  if (feed === SESSION) {
    return kept.has(column) ? [] : [`no earlier step keeps the \`${column}\` of ${text.where}`];
  }
  if (column !== 'id') return [`\`\${${feed}.${column}}\` in ${text.where} is no placeholder; a request has an \`id\``];
  return number ? [`\`\${${feed}.id}\` is no number in ${text.where}`] : [];
}

function bodyProblems(text: Text): string[] {
  if (text.place !== 'body') return [];
  const sample = text.segments.map((segment) => (typeof segment === 'string' ? segment : segment.number ? '0' : 'x'));
  try {
    JSON.parse(sample.join(''));
    return [];
  } catch (error) {
    return [`${text.where} is not JSON: ${error instanceof Error ? error.message : String(error)}`];
  }
}

function textProblems(surroundings: Surroundings, text: Text): string[] {
  const broken = malformed(text.segments).map((piece) => `\`${piece}\` in ${text.where} is no placeholder`);
  const cells = cellsOf(text.segments).flatMap((cell) => cellProblems(surroundings, text, cell));
  return [...broken, ...cells, ...(broken.length === 0 ? bodyProblems(text) : [])];
}

function classProblems(template: RequestTemplate): string[] {
  const problems: string[] = [];
  const where = `class \`${template.class}\``;
  if (!(template.share >= 0)) problems.push(`${where} needs a share of 0 or more, not ${template.share}`);
  if (!(template.timeout_ms > 0) || template.timeout_ms > 600_000) {
    problems.push(`${where} needs a timeout of up to 600,000 ms, not ${template.timeout_ms}`);
  }
  if (template.body !== undefined && (template.method === 'GET' || template.method === 'DELETE')) {
    problems.push(`${where} is a ${template.method} and cannot have a body`);
  }
  const used = textsOf(template).flatMap(({ segments }) => cellsOf(segments));
  if (template.record && !used.some(({ feed }) => feed === REQUEST)) {
    problems.push(`${where} is recorded, but sends no \`\${request.id}\` that its writes could be found by`);
  }
  for (const name of Object.keys(template.headers)) {
    if (!HEADER_NAME.test(name) || RESERVED_HEADERS.has(name.toLowerCase())) {
      problems.push(`header \`${name}\` of ${where} is not for a workload to set`);
    }
  }
  const literal = parseTemplate(template.path).map((segment) => (typeof segment === 'string' ? segment : 'x'));
  if (!/^\/[\u0021-\u00ff]*$/.test(literal.join(''))) {
    problems.push(`the path of ${where} must begin with / and hold no spaces`);
  }
  return problems;
}

/**
 * Everything wrong with one request, a line each: unknown feeds and columns, placeholders that are none, cells that cannot stand where
 * they are used. `kept` names what earlier steps of its journey have kept.
 */
export function requestProblems(
  template: RequestTemplate,
  feeds: Workload['feeds'],
  kept: ReadonlySet<string> = new Set(),
): string[] {
  return [...classProblems(template), ...textsOf(template).flatMap((text) => textProblems({ feeds, kept }, text))];
}
