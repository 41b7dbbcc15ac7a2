import { Cluster, Redis } from 'ioredis';
import type { Site } from '../../instruments.ts';
import { RunError } from '../../run-error.ts';

/**
 * A connection to the tier `cache` of a stack, past the application: to one Redis, or to the nodes of a cluster.
 * @throws RunError when the step has none.
 */
export function openCache({ stack, connections }: Pick<Site, 'stack' | 'connections'>): Redis | Cluster {
  const urls = stack.processes
    .flatMap(({ id, tier }) => (tier === 'cache' ? [connections.redis[id] ?? []] : []))
    .flat();
  const [first] = urls;
  if (first === undefined) throw new RunError(`step ${stack.step} has no cache`, 'choose a step that has one');
  if (urls.length === 1) return new Redis(first, { maxRetriesPerRequest: 1 });
  const password = new URL(first).password;
  const nodes = urls.map((url) => ({ host: new URL(url).hostname, port: Number(new URL(url).port) }));
  return new Cluster(nodes, { redisOptions: { password, maxRetriesPerRequest: 1 } });
}
