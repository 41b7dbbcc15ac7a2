import type { ArchitectureStep, Plan } from '../plan/plan.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { localTopology } from './topology-of.ts';
import type { Tier, Topology } from './topology.ts';

/** What a stack on one machine has to be for a scenario: a step of the plan, with the scenario's own settings of tiers. */
export function liveTopology(plan: Plan, step: ArchitectureStep, { settings }: Pick<Scenario, 'settings'>): Topology {
  const topology = localTopology(plan, step);
  return { ...topology, tiers: topology.tiers.map((tier) => withSettings(tier, settings.get(tier.id) ?? {})) };
}

function withSettings(tier: Tier, { instances, ...settings }: Tier['settings']): Tier {
  const count = typeof instances === 'number' ? instances : tier.instances;
  return { ...tier, instances: count, settings: { ...tier.settings, ...settings } };
}

/** A setting in which a stack differs from what is asked for. */
export interface Difference {
  readonly tier: string;
  readonly setting: string;
  readonly is: unknown;
  readonly wanted: unknown;
}

/** Where a stack is not what a scenario sets tiers to. What the scenario says nothing of may be as it is. */
export function differences({ tiers }: Topology, settings: Scenario['settings']): Difference[] {
  return tiers.flatMap((tier) => {
    const has: Tier['settings'] = { ...tier.settings, instances: tier.instances };
    return Object.entries(settings.get(tier.id) ?? {}).flatMap(([setting, wanted]) =>
      has[setting] === wanted ? [] : [{ tier: tier.id, setting, is: has[setting], wanted }],
    );
  });
}
