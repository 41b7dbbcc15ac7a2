import type { ArchitectureStep, Plan } from '../plan/plan.ts';
import type { Topology } from './topology.ts';

/** The topology of one step of a plan, with as many instances as a stack on one machine starts. */
export function localTopology(plan: Plan, step: ArchitectureStep): Topology {
  return {
    plan: plan.name,
    step: step.step,
    name: step.name,
    entry: step.entry,
    tiers: step.tiers.map(({ id, kind, localInstances, calls, settings, behaviour }) => ({
      id,
      kind,
      instances: localInstances,
      calls,
      settings: behaviour.replication ? { ...settings, replicates: behaviour.replication.of } : settings,
    })),
  };
}
