import { isMap, isScalar } from 'yaml';
import type { Node } from '../document/source.ts';
import type { TierFormula } from './plan.ts';
import { AMOUNTS, isNone, readAmount, readYes } from './read-amount.ts';
import type { AmountContext } from './read-amount.ts';
import { reportUnknownName } from './read-names.ts';

/** A route as written: who calls whom is worked out for each step that has it. */
export interface WrittenRoute {
  readonly name: string;
  readonly keyNode: Node;
  /** The step that says so. */
  readonly step: number;
  readonly items: readonly WrittenVisit[];
}

export interface WrittenVisit {
  readonly node: Node;
  /** Null for a wait, of `time`. */
  readonly tier: string | null;
  readonly times: TierFormula | null;
  readonly time: TierFormula | null;
  readonly write: boolean | null;
  readonly keys: Named | null;
  readonly hit: TierFormula | null;
  readonly miss: readonly WrittenVisit[] | null;
  readonly fill: boolean | null;
  readonly missOnFailure: boolean;
  readonly publish: readonly Named[];
}

export interface Named {
  readonly name: string;
  readonly node: Node;
}

export interface RoutesContext extends AmountContext {
  /** Names of key spaces, the wrong ones included. */
  readonly keys: ReadonlySet<string>;
}

const VISIT_KEYS = [
  'to',
  'times',
  'time',
  'write',
  'keys',
  'hit',
  'miss',
  'fill',
  'miss_on_failure',
  'publish',
  'wait',
];

/** Reads a step's `routes` into those of the steps before: each takes the place of its namesake, `none` takes it away. */
export function readRoutes(context: RoutesContext, node: Node, step: number, routes: Map<string, WrittenRoute>): void {
  if (node === undefined) return;
  const { source } = context;
  for (const { key, keyNode, value } of source.entries(node, '`routes`')) {
    if (isNone(value)) {
      if (!routes.delete(key)) source.report('UNKNOWN_NAME', keyNode, `there is no route \`${key}\` to remove`);
      continue;
    }
    const items = isScalar(value) ? sameVisits(context, value, routes) : readVisits(context, value, `route \`${key}\``);
    if (items) routes.set(key, { name: key, keyNode, step, items });
  }
}

/** A route may be that of another name: `search: browse`. */
function sameVisits(
  { source }: RoutesContext,
  node: Node,
  routes: ReadonlyMap<string, WrittenRoute>,
): readonly WrittenVisit[] | undefined {
  const name = source.text_of(node, 'a route');
  const other = name === undefined ? undefined : routes.get(name);
  if (name === undefined || other) return other?.items;
  const help = 'name a route that stands before this one, or write `[tier, tier]`';
  return source.report('UNKNOWN_NAME', node, `there is no route \`${name}\``, { help });
}

function readVisits(context: RoutesContext, node: Node, what: string): WrittenVisit[] {
  const { source } = context;
  const items = source.items(node, what);
  if (node && 'items' in node && items.length === 0) {
    source.report('TYPE', node, `${what} goes nowhere`, { help: 'write the tiers that it visits, in order' });
  }
  return items.flatMap((item) => readVisit(context, item) ?? []);
}

function readVisit(context: RoutesContext, node: Node): WrittenVisit | undefined {
  const { source } = context;
  const fields: Record<string, Node> = isMap(node) ? source.fields(node, 'a visit', VISIT_KEYS) : { to: node };
  if (fields['wait']) return readWait(context, node, fields);
  if (!fields['to'])
    source.report('UNREACHABLE', node, 'a visit goes somewhere', { help: 'add `to: <tier>`, or write `wait: <time>`' });
  const to = fields['to'];
  const tier = to && source.text_of(to, 'a tier of a route');
  const { times, time, keys, hit, miss } = fields;
  const visit = {
    times: readAmount(context, times, '`times`', AMOUNTS.times) ?? null,
    time: readAmount(context, time, '`time`', AMOUNTS.span) ?? null,
    write: readYes(source, fields['write'], '`write`') ?? null,
    keys: keys === undefined ? null : readKeyName(context, keys),
    hit: readAmount(context, hit, '`hit`', AMOUNTS.share) ?? null,
    miss: miss === undefined ? null : readVisits(context, miss, '`miss`'),
    fill: readYes(source, fields['fill'], '`fill`') ?? null,
    missOnFailure: readYes(source, fields['miss_on_failure'], '`miss_on_failure`') ?? true,
    publish: readPublished(context, fields['publish']),
  };
  if (keys && hit)
    source.report('DUPLICATE', hit, '`keys` say already what is found', { help: 'write `keys` or `hit`' });
  for (const key of ['fill', 'miss_on_failure']) {
    if (fields[key] === undefined || miss || keys || hit) continue;
    source.report('MISSING_KEY', fields[key], `\`${key}\` needs a look-up`, { help: 'add `miss: […]`' });
  }
  return tier === undefined ? undefined : { node: to, tier, ...visit };
}

/** Time that passes elsewhere: at a third party, say, that is no tier of the plan. */
function readWait(
  context: RoutesContext,
  node: Node,
  { wait, ...others }: Record<string, Node>,
): WrittenVisit | undefined {
  for (const [key, value] of Object.entries(others)) {
    if (value === undefined) continue;
    const help = 'make it a visit of its own, before or after';
    context.source.report('DUPLICATE', value, `a wait has nothing else, and no \`${key}\``, { help });
  }
  const time = readAmount(context, wait, '`wait`', AMOUNTS.span);
  if (!time) return undefined;
  const none = { times: null, write: false, keys: null, hit: null, miss: null, fill: null };
  return { node, tier: null, time, ...none, missOnFailure: true, publish: [] };
}

function readKeyName({ source, keys }: RoutesContext, node: Node): Named | null {
  const name = source.text_of(node, '`keys`');
  if (name === undefined) return null;
  if (!keys.has(name)) reportUnknownName(source, node, 'key space', name, keys);
  return { name, node };
}

function readPublished({ source }: RoutesContext, node: Node): Named[] {
  if (node === undefined) return [];
  return source.items(node, '`publish`').flatMap((item) => {
    const name = source.text_of(item, 'a message');
    return name === undefined ? [] : [{ name, node: item }];
  });
}
