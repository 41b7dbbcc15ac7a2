import type { Node, Source } from '../document/source.ts';
import { arrangeRoute } from './arrange-route.ts';
import type { RouteTier } from './arrange-route.ts';
import type { PlannedRoute } from './behaviour.ts';
import { reportUnknownName } from './read-names.ts';
import { KINDS } from './read-requests.ts';
import type { Named, WrittenRoute, WrittenVisit } from './read-routes.ts';

/** A step once it is merged with those before. */
export interface StepRoutes {
  readonly source: Source;
  readonly step: number;
  readonly tiers: ReadonlyMap<string, RouteTier>;
  /** Tiers that this step takes away, and where it says so. */
  readonly removed: ReadonlyMap<string, Node>;
  readonly routes: ReadonlyMap<string, WrittenRoute>;
  /** Routes with something wrong at an earlier step, where it was said. */
  readonly wrong: Set<WrittenRoute>;
}

/** Works out the routes of a step, and reports visits that its tiers cannot make and messages that never end. */
export function resolveRoutes(found: StepRoutes): Map<string, PlannedRoute> {
  const { source, step, tiers, routes, wrong } = found;
  reportRemoved(found);
  const resolved = new Map<string, PlannedRoute>();
  for (const route of routes.values()) {
    const where = route.step === step ? '' : ` at step ${step}`;
    if (wrong.has(route) || !areThere(found, route)) continue;
    const problems = source.diagnostics.length;
    resolved.set(route.name, arrangeRoute({ source, tiers, where }, route.items));
    for (const message of messagesOf(route)) checkMessage(found, message, where);
    reportSecondKeys(found, route);
    if (source.diagnostics.length > problems) wrong.add(route);
  }
  reportEndless(found);
  return resolved;
}

/** Reports routes that are no request's and nobody's message, once all steps are read. */
export function reportUnknownRoutes(
  source: Source,
  routes: readonly WrittenRoute[],
  classes: ReadonlySet<string>,
): void {
  const published = routes.flatMap(messagesOf).map(({ name }) => name);
  const known = new Set([...classes, ...KINDS, ...published]);
  for (const { name, keyNode } of routes) {
    if (!known.has(name)) reportUnknownName(source, keyNode, 'request class, kind or message', name, known);
  }
}

/** All visits of a route, those after a miss included. */
function visitsOf(items: readonly WrittenVisit[]): WrittenVisit[] {
  return items.flatMap((item) => [item, ...visitsOf(item.miss ?? [])]);
}

function messagesOf({ items }: WrittenRoute): Named[] {
  return visitsOf(items).flatMap(({ publish }) => publish);
}

/** A tier that a step takes away is reported there, when routes of earlier steps still go through it. */
function reportRemoved({ source, step, removed, tiers, routes }: StepRoutes): void {
  for (const [tier, node] of removed) {
    if (tiers.has(tier)) continue;
    const through = [...routes.values()].filter(
      (route) => route.step !== step && visitsOf(route.items).some((visit) => visit.tier === tier),
    );
    const [first] = through;
    if (!first) continue;
    const names = through.map(({ name }) => `\`${name}\``).join(', ');
    const goes = through.length === 1 ? `the route ${names} goes` : `the routes ${names} go`;
    const visit = visitsOf(first.items).find((each) => each.tier === tier);
    const related = { ...source.place(visit?.node), label: 'here' };
    const help = `give step ${step} routes of its own, or write \`${first.name}: none\` under its \`routes\``;
    source.report('UNKNOWN_NAME', node, `${goes} through \`${tier}\`, which is gone`, { help, related });
  }
}

/** Whether all tiers of a route are there. Those of a route that an earlier step gave were reported before. */
function areThere({ source, step, tiers }: StepRoutes, route: WrittenRoute): boolean {
  const missing = visitsOf(route.items).flatMap(({ node, tier }) =>
    tier === null || tiers.has(tier) ? [] : [{ node, tier }],
  );
  if (route.step === step)
    for (const { node, tier } of missing) reportUnknownName(source, node, 'tier', tier, tiers.keys());
  return missing.length === 0;
}

/** A message has a route, and that starts at a worker. */
function checkMessage({ source, tiers, routes }: StepRoutes, { name, node }: Named, where: string): void {
  const first = routes.get(name)?.items[0];
  if (!routes.has(name)) {
    const help = `add \`${name}: […]\` under \`routes\`, beginning with a worker tier`;
    source.report('UNKNOWN_NAME', node, `the message \`${name}\` has no route${where}`, { help });
    return;
  }
  const kind = tiers.get(first?.tier ?? '')?.kind;
  if (!first || kind === undefined || kind === 'worker') return;
  const workers = [...tiers].filter(([, tier]) => tier.kind === 'worker').map(([id]) => `\`${id}\``);
  const help = workers.length > 0 ? `begin with ${workers.join(' or ')}` : 'add a tier of kind `worker`';
  const message = `nobody takes the message \`${name}\`: its route begins with \`${first.tier}\`, which is no worker`;
  source.report('UNREACHABLE', first.node, `${message}${where}`, { help });
}

/** Of one request and what it publishes, all look-ups are about one key. */
function reportSecondKeys({ source, routes }: StepRoutes, route: WrittenRoute): void {
  const all = reachedFrom(route.name, routes).flatMap((name) => visitsOf(routes.get(name)?.items ?? []));
  const keys = all.flatMap((visit) => visit.keys ?? []);
  const first = keys[0]?.name;
  const second = keys.find(({ name }) => name !== first);
  if (!second) return;
  const help = `use \`${first}\` here too, or a class of its own for \`${second.name}\``;
  source.report('DUPLICATE', second.node, `\`${route.name}\` draws two keys, \`${first}\` and \`${second.name}\``, {
    help,
  });
}

/** A route and those of the messages that it leads to. */
function reachedFrom(name: string, routes: ReadonlyMap<string, WrittenRoute>): string[] {
  const reached = new Set([name]);
  // A set goes on over what is added while it runs.
  for (const each of reached) {
    const route = routes.get(each);
    for (const message of route ? messagesOf(route) : []) reached.add(message.name);
  }
  return [...reached];
}

/** Reports a message that leads to itself. */
function reportEndless({ source, routes }: StepRoutes): void {
  for (const route of routes.values()) {
    const back = messagesOf(route).find(({ name }) => reachedFrom(name, routes).includes(route.name));
    if (!back) continue;
    const message = `a route without end: \`${route.name}\` publishes \`${back.name}\`, which leads back to it`;
    source.report('CYCLE', back.node, message, {
      help: 'leave one of them out; what fails is handed out again by itself',
    });
  }
}
