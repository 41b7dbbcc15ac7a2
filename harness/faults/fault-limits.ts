import type { Plan } from '../../model/plan/plan.ts';
import type { Scenario, ScenarioFault } from '../../model/scenario/scenario.ts';
import { linkLimit } from '../../infra/local/links/linkable.ts';
import { liveTopology } from '../../model/topology/live-topology.ts';
import type { Topology } from '../../model/topology/topology.ts';
import { linkOf } from './links-of.ts';

/** Why a fault cannot be brought about on live servers at one of the scenario's steps; undefined when it can at all. */
export function faultLimit(fault: ScenarioFault, scenario: Scenario, plan: Plan): string | undefined {
  const steps = plan.steps.filter(({ step }) => scenario.steps.includes(step));
  for (const step of steps) {
    const reason = limitAt(fault, liveTopology(plan, step, scenario));
    if (reason !== undefined) return `${reason} (step ${step.step})`;
  }
  return undefined;
}

function limitAt(fault: ScenarioFault, topology: Topology): string | undefined {
  const { kind, party, from } = fault;
  const tier = topology.tiers.find(({ id }) => id === fault.tier);
  if (!tier || party !== undefined) return undefined;
  if (fault.instances !== 'all' && fault.role === undefined && fault.instances > tier.instances) {
    return `needs ${fault.instances} instances, and live servers are ${tier.instances}`;
  }
  const isExternal = tier.kind === 'external';
  if ((kind === 'flush' || kind === 'fill') && tier.kind !== 'redis') return 'is for Redis alone on live servers';
  if (kind === 'errors' && !isExternal)
    return 'cannot be brought about on live servers: only third parties fail on demand';
  if (kind === 'latency' && from === null && !isExternal) return 'needs `from` on live servers: whose network it is';
  const link = linkOf(fault);
  return link && linkLimit(link, topology);
}
