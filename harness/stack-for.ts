import type { ArchitectureStep, Plan } from '../model/plan/plan.ts';
import type { Scenario } from '../model/scenario/scenario.ts';
import { differences, liveTopology } from '../model/topology/live-topology.ts';
import type { Topology } from '../model/topology/topology.ts';
import { linksOf } from './faults/links-of.ts';

/** The stack that a scenario needs on one machine: its settings on top of the plan's, and the links that its faults are about. */
export function topologyFor(plan: Plan, step: ArchitectureStep, scenario: Scenario): Topology {
  const links = linksOf(scenario);
  return { ...liveTopology(plan, step, scenario), ...(links.length > 0 && { links }) };
}

/** In what a stack that is up is not what a scenario needs, in words; empty when it will do. */
export function lackingFor(topology: Topology, scenario: Scenario): string[] {
  const settings = differences(topology, scenario.settings).map(
    ({ tier, setting, is, wanted }) =>
      `\`${tier}.${setting}\` is ${is === undefined ? 'not set' : String(is)}, not ${String(wanted)}`,
  );
  const links = linksOf(scenario).filter(
    ({ from, to }) => !topology.links?.some((link) => link.from === from && link.to === to),
  );
  return [...settings, ...links.map(({ from, to }) => `there is no link from \`${from}\` to \`${to}\` to disturb`)];
}
