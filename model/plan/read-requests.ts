import type { Node, Source } from '../document/source.ts';
import { nearest } from '../document/nearest.ts';
import { isDimensionless } from '../units/dimension.ts';
import { isLiteralError, parseLiteral } from '../units/literal.ts';
import { isMap } from 'yaml';
import { isOwn } from '../workload/template.ts';
import { readIdentify } from './read-identify.ts';
import type { FeedSpec, RequestClass } from './plan.ts';

export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export const KINDS = ['read', 'write'] as const;
export const PICKS = ['uniform', 'zipf', 'sequential'] as const;
const CLASS_KEYS = ['share', 'kind', 'method', 'path', 'headers', 'body', 'accept', 'timeout', 'identify'];
const DEFAULT_TIMEOUT_S = 10;

/** Reads `feeds`: the rows that request templates draw from. A feed that is wrong still counts as declared. */
export function readFeeds(source: Source, node: Node): { feeds: Map<string, FeedSpec>; declared: Set<string> } {
  const feeds = new Map<string, FeedSpec>();
  const declared = new Set<string>();
  if (node === undefined) return { feeds, declared };
  for (const entry of source.entries(node, '`feeds`')) {
    declared.add(entry.key);
    if (isOwn(entry.key)) {
      source.report('DUPLICATE', entry.keyNode, `a feed cannot be called \`${entry.key}\``, {
        help: 'placeholders of this name are filled in by the generator; choose another',
      });
    }
    const what = `feed \`${entry.key}\``;
    const fields = source.fields(entry.value, what, ['file', 'pick', 'exponent'], ['file', 'pick']);
    const file = fields['file'] && source.text_of(fields['file'], '`file`');
    const pick = fields['pick'] && choose(source, fields['pick'], '`pick`', PICKS);
    const exponent = fields['exponent'] ? readShareOrNumber(source, fields['exponent'], '`exponent`') : undefined;
    if (file && pick) feeds.set(entry.key, { file, pick, ...(exponent === undefined ? {} : { exponent }) });
  }
  return { feeds, declared };
}

/** Reads `requests`: classes whose shares add up to 100 %. */
export function readRequests(source: Source, node: Node, feeds: ReadonlySet<string>): RequestClass[] {
  if (node === undefined) return [];
  const entries = source.entries(node, '`requests`');
  const classes: RequestClass[] = [];
  for (const entry of entries) {
    const request = readClass(source, entry.key, entry.value, feeds);
    if (request) classes.push(request);
  }
  const total = classes.reduce((sum, request) => sum + request.share, 0);
  if (classes.length === entries.length && classes.length > 0 && Math.abs(total - 1) > 1e-9) {
    const percent = Number((total * 100).toFixed(6));
    const help = total > 1 ? `take away ${short(percent - 100)} %` : `add ${short(100 - percent)} %`;
    source.report('SHARES', entries[0]?.keyNode, `the shares add up to ${short(percent)} %, not 100 %`, { help });
  }
  return classes;
}

function readClass(source: Source, name: string, node: Node, feeds: ReadonlySet<string>): RequestClass | undefined {
  const what = `request class \`${name}\``;
  const fields = source.fields(node, what, CLASS_KEYS, ['share', 'kind', 'method', 'path']);
  const share = fields['share'] && readShareOrNumber(source, fields['share'], '`share`');
  const kind = fields['kind'] && choose(source, fields['kind'], '`kind`', KINDS);
  const method = fields['method'] && choose(source, fields['method'], '`method`', METHODS);
  const path = fields['path'] && source.text_of(fields['path'], '`path`');
  const headers = readHeaders(source, fields['headers']);
  const body = readBody(source, fields['body']);
  const accept = fields['accept'] ? readStatuses(source, fields['accept']) : [200, 201, 204];
  const timeout_s = fields['timeout'] ? readTime(source, fields['timeout'], '`timeout`') : DEFAULT_TIMEOUT_S;
  const identify = readIdentify(source, fields['identify'], { method, headers, body });
  for (const key of ['path', 'headers', 'body'] as const) checkPlaceholders(source, fields[key], feeds);
  if (share === undefined || !kind || !method || !path || timeout_s === undefined) return undefined;
  if (!path.startsWith('/')) source.report('TYPE', fields['path'], 'a path starts with `/`');
  const extras = { ...(body !== undefined && { body }), ...(identify && { identify }) };
  return { name, share, kind, method, path, headers, accept, timeout_s, ...extras };
}

/** Header names in lower case. */
export function readHeaders(source: Source, node: Node): Record<string, string> {
  if (node === undefined) return {};
  const headers: Record<string, string> = {};
  for (const entry of source.entries(node, '`headers`')) {
    const value = source.text_of(entry.value, `header \`${entry.key}\``);
    if (value !== undefined) headers[entry.key.toLowerCase()] = value;
  }
  return headers;
}

/** A body is a YAML mapping, sent as JSON; `"${feed.column:number}"` becomes a bare number there. */
export function readBody(source: Source, node: Node): string | undefined {
  if (node === undefined) return undefined;
  if (!isMap(node)) return source.report('TYPE', node, '`body` should be a mapping', { help: 'it is sent as JSON' });
  return JSON.stringify(node.toJSON());
}

function readStatuses(source: Source, node: Node): number[] {
  return source.items(node, '`accept`').flatMap((item) => {
    const text = source.text_of(item, 'a status');
    if (text === undefined) return [];
    if (/^[1-5]\d\d$/.test(text)) return [Number(text)];
    source.report('TYPE', item, `\`${text}\` is not an HTTP status`, { help: 'write a number such as 200' });
    return [];
  });
}

/** Every placeholder draws from one of `feeds`. */
export function checkPlaceholders(source: Source, node: Node, feeds: ReadonlySet<string>): void {
  for (const match of source.slice(node).matchAll(/\$\{([^}.:]*)/g)) {
    const name = match[1] ?? '';
    if (feeds.has(name)) continue;
    const near = nearest(name, feeds);
    const help = near ? `did you mean \`${near}\`?` : 'declare it under `feeds`';
    const within = { offset: match.index + 2, length: name.length };
    source.report('UNKNOWN_NAME', node, `no feed is called \`${name}\``, { help, within });
  }
}

/** A share such as `80 %` or a plain number such as `0.8`, not negative. */
function readShareOrNumber(source: Source, node: Node, what: string): number | undefined {
  const text = source.text_of(node, what);
  if (text === undefined) return undefined;
  const literal = parseLiteral(text);
  if (isLiteralError(literal) || !isDimensionless(literal.dimension)) {
    return source.report('TYPE', node, `${what} should be a plain number or a percentage`, { help: 'as in `12 %`' });
  }
  if (literal.value < 0) return source.report('RANGE', node, `${what} cannot be negative`);
  return literal.value;
}

/** A time span in seconds. */
export function readTime(source: Source, node: Node, what: string): number | undefined {
  const text = source.text_of(node, what);
  if (text === undefined) return undefined;
  const literal = parseLiteral(text);
  const isTime = !isLiteralError(literal) && literal.dimension.get('time') === 1 && literal.dimension.size === 1;
  if (!isTime) {
    const bare = /^[\d.,]+$/.test(text) ? `write \`${text} s\` or \`${text} ms\`` : 'as in `30 s`';
    return source.report('UNIT', node, `${what} needs a unit of time`, { help: bare });
  }
  return literal.value > 0 ? literal.value : source.report('RANGE', node, `${what} must be longer than nothing`);
}

/** One of a few words. */
export function choose<T extends string>(
  source: Source,
  node: Node,
  what: string,
  choices: readonly T[],
): T | undefined {
  const text = source.text_of(node, what);
  if (text === undefined) return undefined;
  const found = choices.find((choice) => choice === text);
  if (found !== undefined) return found;
  const near = nearest(text, choices);
  const help = near ? `did you mean \`${near}\`?` : `one of ${choices.join(', ')}`;
  return source.report('UNKNOWN_CHOICE', node, `${what} cannot be \`${text}\``, { help });
}

function short(value: number): string {
  return String(Number(value.toFixed(6)));
}
