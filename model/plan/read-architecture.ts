import { isMap } from 'yaml';
import type { Node, Source } from '../document/source.ts';
import { nearest } from '../document/nearest.ts';
import type { RouteTier } from './arrange-route.ts';
import type { ArchitectureStep, PlannedTier } from './plan.ts';
import { isNone } from './read-amount.ts';
import type { BehaviourContext } from './read-block.ts';
import { reportUnknownName } from './read-names.ts';
import { readRoutes } from './read-routes.ts';
import type { RoutesContext, WrittenRoute } from './read-routes.ts';
import { readCount } from './read-scalars.ts';
import { REQUIRED_TIER_KEYS, TIER_KEYS, readTier } from './read-tier.ts';
import { reportUnknownRoutes, resolveRoutes } from './resolve-routes.ts';

const STEP_KEYS = ['step', 'name', 'entry', 'tiers', 'routes'];

type Context = BehaviourContext & RoutesContext;
type TierFields = Record<string, Node>;

/** Reads `architecture`: steps, each adding tiers to the one before or changing single keys of its tiers. */
export function readArchitecture(context: Context, node: Node): ArchitectureStep[] {
  const { source } = context;
  if (node === undefined) return [];
  const steps: ArchitectureStep[] = [];
  const merged = new Map<string, TierFields>();
  const read = new Map<TierFields, PlannedTier[]>();
  const written = new Map<string, WrittenRoute>();
  const everyRoute = new Set<WrittenRoute>();
  const wrong = new Set<WrittenRoute>();
  let entry: string | undefined;
  for (const item of source.items(node, '`architecture`')) {
    const fields = source.fields(item, 'an architecture step', STEP_KEYS, ['step', 'name', 'tiers']);
    const step = fields['step'] && readCount(source, fields['step'], '`step`');
    const name = fields['name'] && source.text_of(fields['name'], '`name`');
    if (step !== undefined && steps.some((other) => other.step === step)) {
      source.report('DUPLICATE', fields['step'], `step ${step} appears twice`);
    }
    const removed = mergeTiers(source, fields['tiers'], merged);
    // Requests enter at the first tier that is left when theirs is gone, unless the step says otherwise.
    if (removed.has(entry ?? '')) entry = undefined;
    if (fields['entry']) entry = source.text_of(fields['entry'], '`entry`');
    // Most tiers stay as they are from step to step.
    for (const [id, tierFields] of merged) {
      if (!read.has(tierFields)) read.set(tierFields, readTier(context, id, tierFields));
    }
    const tiers = [...merged.values()].flatMap((tierFields) => read.get(tierFields) ?? []);
    checkCalls(source, merged, new Set(merged.keys()));
    checkPrimaries(source, merged, tiers, step);
    entry = checkEntry(source, fields['entry'], entry, merged);
    readRoutes(context, fields['routes'], step ?? 0, written);
    for (const route of written.values()) everyRoute.add(route);
    const merge = { tiers: routeTiers(merged), removed, routes: written };
    const routes = resolveRoutes({ source, step: step ?? 0, ...merge, wrong });
    if (step !== undefined && name && entry) steps.push({ step, name, entry, tiers, routes });
  }
  reportUnknownRoutes(source, [...everyRoute], context.classes);
  return steps;
}

/** Takes a step's tiers over into those of the steps before; returns those that it takes away, and where it says so. */
function mergeTiers(source: Source, node: Node, merged: Map<string, TierFields>): Map<string, Node> {
  const removed = new Map<string, Node>();
  for (const { key, keyNode, value } of node === undefined ? [] : source.entries(node, '`tiers`')) {
    if (isNone(value)) {
      if (merged.delete(key)) removed.set(key, keyNode);
      else source.report('UNKNOWN_NAME', keyNode, `there is no tier \`${key}\` to remove`);
      continue;
    }
    const changes = source.fields(value, `tier \`${key}\``, TIER_KEYS, merged.has(key) ? [] : REQUIRED_TIER_KEYS);
    merged.set(key, { ...merged.get(key), ...changes });
  }
  return removed;
}

/** What routes have to know of tiers, of those too that have something else wrong. */
function routeTiers(merged: ReadonlyMap<string, TierFields>): Map<string, RouteTier> {
  return new Map(
    [...merged].map(([id, { calls, kind, cache }]) => {
      const called = calls && 'items' in calls ? (calls.toJSON() as string[]) : [];
      return [id, { calls: called, kind: String(kind?.toJSON()), cached: cache !== undefined && !isNone(cache) }];
    }),
  );
}

/** The tier that replicas copy has to be there at every step that has them. */
function checkPrimaries(
  source: Source,
  merged: ReadonlyMap<string, TierFields>,
  tiers: readonly PlannedTier[],
  step: number | undefined,
): void {
  for (const { id, behaviour } of tiers) {
    const of = behaviour.replication?.of;
    if (of === undefined) continue;
    const node = merged.get(id)?.['replication'];
    const ofNode = isMap(node) ? (node.get('of', true) as Node) : node;
    if (of === id) source.report('CYCLE', ofNode, `\`${id}\` cannot be its own replicas`);
    else if (!merged.has(of)) reportUnknownName(source, ofNode, 'tier', of, merged.keys(), ` at step ${step ?? '?'}`);
  }
}

function checkEntry(
  source: Source,
  node: Node,
  entry: string | undefined,
  tiers: ReadonlyMap<string, unknown>,
): string | undefined {
  const fallback = [...tiers.keys()][0];
  if (entry === undefined || tiers.has(entry)) return entry ?? fallback;
  const near = nearest(entry, tiers.keys());
  const help = near ? `did you mean \`${near}\`?` : `tiers: ${[...tiers.keys()].join(', ')}`;
  source.report('UNKNOWN_NAME', node, `no tier is called \`${entry}\``, { help });
  return fallback;
}

function checkCalls(source: Source, tiers: ReadonlyMap<string, Record<string, Node>>, ids: ReadonlySet<string>): void {
  for (const fields of tiers.values()) {
    const node = fields['calls'];
    if (node === undefined) continue;
    for (const item of source.items(node, '`calls`')) {
      const id = source.text_of(item, 'a called tier');
      if (id === undefined || ids.has(id)) continue;
      const near = nearest(id, ids);
      const help = near ? `did you mean \`${near}\`?` : `tiers: ${[...ids].join(', ')}`;
      source.report('UNKNOWN_NAME', item, `no tier is called \`${id}\``, { help });
    }
  }
}
