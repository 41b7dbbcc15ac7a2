import type { Scenario, ScenarioFault } from '../../model/scenario/scenario.ts';
import type { TopologyLink } from '../../model/topology/topology.ts';

/** The stretches of network that a stack has to be started with for a scenario's faults, each once. */
export function linksOf({ faults }: Pick<Scenario, 'faults'>): TopologyLink[] {
  const links = faults.flatMap((fault) => linkOf(fault) ?? []);
  return links.filter((link, index) => links.findIndex((other) => isSame(other, link)) === index);
}

/** The network that a fault is about, when it is about one. */
export function linkOf({ from, tier }: Pick<ScenarioFault, 'from' | 'tier'>): TopologyLink | undefined {
  return from === null ? undefined : { from, to: tier };
}

function isSame(a: TopologyLink, b: TopologyLink): boolean {
  return a.from === b.from && a.to === b.to;
}
