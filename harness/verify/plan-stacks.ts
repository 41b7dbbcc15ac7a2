import type { Plan } from '../../model/plan/plan.ts';
import type { Scenario } from '../../model/scenario/scenario.ts';
import type { Topology } from '../../model/topology/topology.ts';
import { peakRate_per_s } from '../../model/workload/cumulative-rate.ts';
import { RunError } from '../run-error.ts';
import { topologyFor } from '../stack-for.ts';

/** A scenario that is to be run on a step. */
export interface PlannedRun {
  readonly plan: Plan;
  readonly scenario: Scenario;
  readonly step: number;
}

/** Runs that one stack serves, one after the other. */
export interface PlannedStack {
  readonly topology: Topology;
  /** No other run may have written to its data. */
  readonly freshData: boolean;
  readonly runs: readonly PlannedRun[];
}

/**
 * As few stacks as serve all runs: those that need the same tiers with the same settings and links share one. Stacks are in the order of steps;
 * in each the lightest load comes first, so that what a heavy one leaves behind cannot colour a lighter one, and what breaks things
 * comes last; so do stacks that are there for nothing else.
 */
export function planStacks(runs: readonly PlannedRun[]): PlannedStack[] {
  const stacks = new Map<string, PlannedStack & { readonly runs: PlannedRun[] }>();
  for (const run of runs) {
    const { freshData, name } = run.scenario;
    const topology = topologyOf(run);
    const key = JSON.stringify([topology, freshData ? name : '']);
    const stack = stacks.get(key);
    if (stack) stack.runs.push(run);
    else stacks.set(key, { topology, freshData, runs: [run] });
  }
  return [...stacks.values()]
    .map((stack) => ({ ...stack, runs: stack.runs.toSorted((a, b) => violence(a) - violence(b) || load(a) - load(b)) }))
    .toSorted((a, b) => leastViolence(a) - leastViolence(b) || a.topology.step - b.topology.step);
}

function topologyOf({ plan, scenario, step: number }: PlannedRun): Topology {
  const step = plan.steps.find((candidate) => candidate.step === number);
  if (!step) throw new RunError(`plan \`${plan.name}\` has no step ${number}`);
  return topologyFor(plan, step, scenario);
}

function violence({ scenario }: PlannedRun): number {
  return scenario.faults.length > 0 ? 1 : 0;
}

function leastViolence({ runs }: PlannedStack): number {
  return Math.min(...runs.map(violence));
}

/** A closed loop takes all it can get. */
function load({ scenario }: PlannedRun): number {
  const rates = scenario.phases.map(peakRate_per_s);
  const closed = scenario.phases.some((phase) => phase.closed !== null && phase.probe === undefined);
  return closed ? Number.POSITIVE_INFINITY : Math.max(0, ...rates) * scenario.liveScale;
}
