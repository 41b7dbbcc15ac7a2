import type { Tier } from '../../../model/topology/topology.ts';
import { linkIdBetween } from '../port-plan.ts';
import { portAt, portOf } from '../site.ts';
import type { Site } from '../site.ts';
import { databasePorts } from '../tiers/database-ports.ts';
import { replicatedBy } from '../tiers/replication/replication-plan.ts';
import { startLink } from './start-link.ts';

/** Starts the links between a tier and what it calls, unless they run: a deployment's new instances use those of the old ones. */
export async function startLinks(caller: Tier, site: Site): Promise<void> {
  const { topology, book } = site;
  const running = new Set(book.current.processes.map(({ id }) => id));
  const links = (topology.links ?? []).filter((link) => link.from === caller.id && !running.has(linkIdBetween(link)));
  for (const link of links) {
    const called = topology.tiers.find(({ id }) => id === link.to);
    if (called === undefined) throw new Error(`there is no tier \`${link.to}\``);
    const target_ports = targetPorts(called, site);
    await startLink({ id: linkIdBetween(link), tier: linkIdBetween(link), target_ports, delay_ms: 0 }, site);
  }
}

/** Where a tier is reached without a link. */
function targetPorts(called: Tier, site: Site): number[] {
  const { topology } = site;
  if (called.kind !== 'postgres') {
    return Array.from({ length: called.instances }, (_, index) => portOf(site, called.id, index + 1));
  }
  const head = topology.tiers.find(({ id }) => id === replicatedBy(called)) ?? called;
  const ports = databasePorts(head, topology, (id) => portAt(site, id));
  return ports.map(({ write, read }) => (head === called ? write : read));
}
