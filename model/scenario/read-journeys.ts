import { isMap, isSeq } from 'yaml';
import { nearest } from '../document/nearest.ts';
import type { Node, Source } from '../document/source.ts';
import { checkPlaceholders, choose, readBody, readHeaders } from '../plan/read-requests.ts';
import { readPlain, readSeconds } from '../plan/read-scalars.ts';
import type { Kept, Think } from '../workload/journey-template.ts';
import { SESSION } from '../workload/template.ts';
import type { Journey, JourneyStep } from './journey.ts';
import type { ScenarioContext } from './read-context.ts';

const STEP_KEYS = ['request', 'think', 'keep', 'path', 'headers', 'body'];
const JOURNEY_NAME = /^[A-Za-z_][\w-]*$/;
const SESSION_NAME = /^[A-Za-z_]\w*$/;
const HEADER = 'header:';

/** Reads `journeys`: what users do, request by request. Shares add up to 100 %. */
export function readJourneys(context: ScenarioContext, node: Node): Journey[] {
  if (node === undefined) return [];
  const { source, closed, engine, otherEngines } = context;
  if (closed) {
    const help = otherEngines.length > 0 ? `use \`engine: ${otherEngines.join('` or `')}\`` : 'leave them out';
    source.report('UNKNOWN_KEY', node, `journeys begin at a rate, and \`${engine}\` holds none`, { help });
  }
  const entries = source.entries(node, '`journeys`');
  const journeys = entries.flatMap(({ key, keyNode, value }) => {
    if (!JOURNEY_NAME.test(key))
      source.report('TYPE', keyNode, `\`${key}\` is no name`, { help: 'letters, digits, `_` and `-`' });
    return readJourney(context, key, value) ?? [];
  });
  const total = journeys.reduce((sum, { share }) => sum + share, 0);
  if (journeys.length === entries.length && Math.abs(total - 1) > 1e-9) {
    source.report('SHARES', node, `the shares add up to ${Number((total * 100).toFixed(6))} %, not 100 %`);
  }
  return journeys;
}

function readJourney(context: ScenarioContext, name: string, node: Node): Journey | undefined {
  const { source } = context;
  const fields = source.fields(node, `journey \`${name}\``, ['share', 'steps'], ['share', 'steps']);
  const share = fields['share'] && readPlain(source, fields['share'], '`share`');
  const items = fields['steps'] === undefined ? [] : source.items(fields['steps'], '`steps`');
  if (isSeq(fields['steps']) && items.length === 0)
    source.report('RANGE', fields['steps'], `journey \`${name}\` has no step`);
  const kept = new Set<string>();
  const steps = items.map((item, index) => readStep(context, item, kept, index === items.length - 1));
  const read = steps.filter((step) => step !== undefined);
  return share === undefined || read.length < Math.max(1, steps.length) ? undefined : { name, share, steps: read };
}

/** `kept` are the names of what earlier steps have taken from answers; this step's are added. */
function readStep(context: ScenarioContext, node: Node, kept: Set<string>, isLast: boolean): JourneyStep | undefined {
  const { source, plan } = context;
  const fields = source.fields(node, 'a step', STEP_KEYS, ['request']);
  const names = plan.requests.map((each) => each.name);
  const request = fields['request'] && choose(source, fields['request'], '`request`', names);
  const path = fields['path'] && source.text_of(fields['path'], '`path`');
  if (path !== undefined && !path.startsWith('/')) source.report('TYPE', fields['path'], 'a path starts with `/`');
  const headers = fields['headers'] && readHeaders(source, fields['headers']);
  const body = readBody(source, fields['body']);
  for (const key of ['path', 'headers', 'body'] as const) {
    checkPlaceholders(source, fields[key], new Set([...plan.feeds.keys(), SESSION]));
    checkSession(source, fields[key], kept);
  }
  const keep = readKeep(source, fields['keep'], kept);
  const think = fields['think'] && readThink(source, fields['think']);
  if (isLast && fields['think'])
    source.report('RANGE', fields['think'], 'nothing follows the last step', { help: 'leave out its `think`' });
  if (request === undefined) return undefined;
  const changes = { ...(path && { path }), ...(headers && { headers }), ...(body !== undefined && { body }) };
  return { request, keep, ...changes, ...(think && { think }) };
}

function readThink(source: Source, node: Node): Think | undefined {
  const exponential = isMap(node);
  const length = exponential ? source.fields(node, '`think`', ['mean'], ['mean'])['mean'] : node;
  const mean_s = length && readSeconds(source, length, exponential ? '`mean`' : '`think`');
  return mean_s === undefined ? undefined : { mean_s, exponential };
}

function readKeep(source: Source, node: Node, kept: Set<string>): Kept[] {
  if (node === undefined) return [];
  return source.entries(node, '`keep`').flatMap(({ key, keyNode, value }): Kept[] => {
    kept.add(key);
    if (!SESSION_NAME.test(key))
      source.report('TYPE', keyNode, `\`${key}\` is no name`, { help: 'letters, digits and `_`' });
    const text = source.text_of(value, `\`${key}\``);
    if (text === undefined) return [];
    const isHeader = text.startsWith(HEADER);
    const path = isHeader ? [text.slice(HEADER.length).toLowerCase()] : text.split('.');
    if (path.every((part) => part !== '')) return [{ name: key, from: isHeader ? 'header' : 'body', path }];
    source.report('TYPE', value, `\`${text}\` leads nowhere`, {
      help: 'a path in the JSON answer such as `order.id`, or `header:location`',
    });
    return [];
  });
}

function checkSession(source: Source, node: Node, kept: ReadonlySet<string>): void {
  for (const match of source.slice(node).matchAll(/\$\{session\.([^}:]*)/g)) {
    const name = match[1] ?? '';
    if (kept.has(name)) continue;
    const near = nearest(name, kept);
    const help = near ? `did you mean \`${near}\`?` : 'take it from an earlier answer with `keep`';
    const within = { offset: match.index + '${session.'.length, length: name.length };
    source.report('UNKNOWN_NAME', node, `no earlier step keeps \`${name}\``, { help, within });
  }
}
