import type { Tier, TopologyLink, Topology } from '../../../model/topology/topology.ts';
import { dependenciesOf } from '../dependencies.ts';
import { linkTime_ms } from '../port-plan.ts';
import { isCluster } from '../tiers/redis-nodes.ts';
import { shardsOf } from '../tiers/shards.ts';

/** Why no link can lie between two tiers on this machine; undefined when one can. */
export function linkLimit({ from, to }: TopologyLink, topology: Topology): string | undefined {
  const caller = topology.tiers.find(({ id }) => id === from);
  const called = topology.tiers.find(({ id }) => id === to);
  if (!caller || !called) return `needs \`${caller ? to : from}\`, which is not there`;
  if (caller.kind === 'cdn') {
    return linkTime_ms(caller) > 0 ? undefined : `needs \`origin_distance_ms\` of \`${from}\`: there is no network yet`;
  }
  if (caller.kind !== 'express' && caller.kind !== 'worker') {
    return `needs a link from \`${from}\`, but ${caller.kind} keeps account of each instance that it calls`;
  }
  if (!dependenciesOf(caller, topology).includes(called))
    return `needs a link, but \`${from}\` does not call \`${to}\``;
  return limitOfCalled(called);
}

function limitOfCalled(called: Tier): string | undefined {
  if (isCluster(called)) {
    return `needs a link to \`${called.id}\`, but a Redis Cluster tells its clients the real ports (set \`instances: 1\`)`;
  }
  if (called.kind === 'postgres' && shardsOf(called) > 1) {
    return `needs a link to \`${called.id}\`, but each of its shards has a port of its own`;
  }
  if (called.kind === 'object-store') return `needs a link to \`${called.id}\`, which is addressed by name`;
  return undefined;
}
