import type { ScenarioFault } from '../../model/scenario/scenario.ts';
import type { Site } from '../instruments.ts';
import { RunError } from '../run-error.ts';
import { instancesHit, tierOf } from './targets.ts';
import { isCluster } from '../../infra/local/tiers/redis-nodes.ts';

/** A Redis that holds part of a cache, and is no copy of another. */
export interface CacheMaster {
  readonly id: string;
  readonly url: string;
}

/** @throws RunError when the tier is no Redis, or none of its masters answers. */
export async function cacheMasters(fault: ScenarioFault, site: Site): Promise<CacheMaster[]> {
  const tier = tierOf(fault.tier, site.topology);
  if (tier.kind !== 'redis') throw new RunError(`\`${tier.id}\` is no Redis, which \`${fault.kind}\` needs`);
  const role = isCluster(tier) ? { role: 'master' as const } : {};
  const masters = await instancesHit({ ...fault, instances: 'all', ...role }, site);
  return masters.map(({ id }) => ({ id, url: site.connections.redis[id] ?? '' }));
}
