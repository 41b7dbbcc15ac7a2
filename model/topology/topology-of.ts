import { Values } from '../plan/compute.ts';
import type { ArchitectureStep, Plan, PlannedTier } from '../plan/plan.ts';
import type { Tier, Topology } from './topology.ts';

/** The topology of one step of a plan, with as many instances as a stack on one machine starts. */
export function localTopology(plan: Plan, step: ArchitectureStep): Topology {
  const values = new Values(plan.quantities);
  return {
    plan: plan.name,
    step: step.step,
    name: step.name,
    ...(plan.application !== undefined && { application: plan.application }),
    entry: step.entry,
    tiers: step.tiers.map((tier) => ({
      id: tier.id,
      kind: tier.kind,
      instances: tier.localInstances,
      calls: tier.calls,
      settings: { ...tier.settings, ...settingsOf(tier, values) },
    })),
  };
}

/** What a stack has to know of how a tier behaves. */
function settingsOf({ behaviour: { replication, sharding } }: PlannedTier, values: Values): Tier['settings'] {
  return {
    ...(replication && { replicates: replication.of }),
    ...(sharding && { sharding: sharding.by, shards: Math.round(values.evaluate(sharding.shards.expression)) }),
  };
}
