import type { Node } from '../document/source.ts';
import { nearest } from '../document/nearest.ts';
import { providedInstances } from '../cost/step-cost.ts';
import type { ArchitectureStep, PlannedTier } from '../plan/plan.ts';
import type { Fields, ScenarioContext } from './read-context.ts';
import type { ScenarioFault } from './scenario.ts';

/** Holds a fault against every step that the scenario is for: each has to have what the fault is about. */
export function checkAgainstSteps(
  context: ScenarioContext,
  fields: Fields,
  fault: ScenarioFault,
  numbers: readonly number[],
): void {
  const steps = context.plan.steps.filter(({ step }) => numbers.includes(step));
  if (!checkTier(context, fields['tier'], fault.tier, steps)) return;
  const places = steps.flatMap((step) => {
    const tier = tierOf(step, fault.tier);
    return tier ? [{ step, tier }] : [];
  });
  // Who has a role at that moment may be in another tier of the same database.
  if (fault.role === undefined) checkInstances(context, fields['instances'] ?? fields['tier'], fault, places);
  checkWhich(context, fields, places);
  if (fault.from !== null) checkCaller(context, fields['from'], fault.from, places);
  if (fault.kind === 'flush' || fault.kind === 'fill') checkCache(context, fields['tier'], places);
}

/** The tier that a fault is about, at one of the scenario's steps. */
interface FaultPlace {
  readonly step: ArchitectureStep;
  readonly tier: PlannedTier;
}

function tierOf(step: ArchitectureStep, id: string): PlannedTier | undefined {
  return step.tiers.find((tier) => tier.id === id);
}

/** False when no step has such a tier, so that there is nothing more to say. */
function checkTier(context: ScenarioContext, node: Node, id: string, steps: readonly ArchitectureStep[]): boolean {
  const { source, plan } = context;
  const having = plan.steps.filter((step) => tierOf(step, id)).map(({ step }) => step);
  const missing = steps.filter((step) => !tierOf(step, id)).map(({ step }) => step);
  if (having.length === 0) {
    const ids = new Set(plan.steps.flatMap(({ tiers }) => tiers.map((tier) => tier.id)));
    const near = nearest(id, ids);
    const help = near ? `did you mean \`${near}\`?` : `tiers: ${[...ids].join(', ')}`;
    source.report('UNKNOWN_NAME', node, `no tier is called \`${id}\``, { help });
    return false;
  }
  if (missing.length > 0) {
    const where = `${missing.length === 1 ? 'step' : 'steps'} ${missing.join(', ')}`;
    const help = `this scenario could be for \`steps: [${having.join(', ')}]\``;
    source.report('UNKNOWN_NAME', node, `there is no \`${id}\` at ${where}`, { help });
  }
  return true;
}

function checkInstances(
  { source, values }: ScenarioContext,
  node: Node,
  { instances, tier: id }: ScenarioFault,
  places: readonly FaultPlace[],
): void {
  if (instances === 'all') return;
  const short = places.find(({ tier }) => providedInstances(tier, values) < instances);
  if (!short) return;
  const has = providedInstances(short.tier, values);
  const count = `${has} ${has === 1 ? 'instance' : 'instances'}`;
  const message = `\`${id}\` has ${count} at step ${short.step.step}, not ${instances}`;
  source.report('RANGE', node, message, { help: 'write a smaller number, or `all`' });
}

/** Parts, roles and shards are those of stores; third parties have names. */
function checkWhich({ source }: ScenarioContext, fields: Fields, places: readonly FaultPlace[]): void {
  const only = (key: string, kinds: readonly string[], what: string): void => {
    const wrong = fields[key] && places.find(({ tier }) => !kinds.includes(tier.kind));
    if (!wrong) return;
    const message = `\`${wrong.tier.id}\` has no \`${key}\`, being ${wrong.tier.kind}`;
    source.report('UNKNOWN_KEY', fields[key], message, { help: `only ${what} has` });
  };
  only('part', ['postgres'], 'a tier of postgres');
  only('role', ['postgres', 'redis'], 'a tier of postgres or redis');
  only('shard', ['postgres'], 'a tier of postgres');
  only('party', ['external'], 'a tier of third parties (`external`)');
}

function checkCaller({ source }: ScenarioContext, node: Node, from: string, places: readonly FaultPlace[]): void {
  const callersOf = ({ step, tier }: FaultPlace): string[] =>
    step.tiers.filter(({ calls }) => calls.includes(tier.id)).map(({ id }) => id);
  const uncalled = places.find((place) => !callersOf(place).includes(from));
  if (!uncalled) return;
  const callers = callersOf(uncalled);
  const near = nearest(from, callers);
  const all = callers.length > 0 ? `its callers: ${callers.join(', ')}` : 'nobody does; requests enter there';
  const message = `\`${from}\` does not call \`${uncalled.tier.id}\` at step ${uncalled.step.step}`;
  source.report('UNKNOWN_NAME', node, message, { help: near ? `did you mean \`${near}\`?` : all });
}

function checkCache({ source }: ScenarioContext, node: Node, places: readonly FaultPlace[]): void {
  const wrong = places.find(({ tier }) => !isCache(tier));
  if (!wrong) return;
  const caches = new Set(places.flatMap(({ step }) => step.tiers.filter(isCache).map(({ id }) => id)));
  const help = caches.size > 0 ? `caches: ${[...caches].join(', ')}` : 'there is none at these steps';
  source.report('UNKNOWN_NAME', node, `\`${wrong.tier.id}\` is no cache`, { help });
}

function isCache({ kind, behaviour }: PlannedTier): boolean {
  return kind === 'redis' || kind === 'cdn' || behaviour.cache !== null;
}
