import { chownSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tier } from '../../../model/topology/topology.ts';
import { accountFor, assertReachable, own } from '../account.ts';
import type { Account } from '../account.ts';
import { isQueue } from '../dependencies.ts';
import { launch } from '../launch.ts';
import type { Launched } from '../launch.ts';
import { processId } from '../port-plan.ts';
import { askRedis } from '../probes.ts';
import { untilReady } from '../readiness.ts';
import { environmentOf, portOf, programOf } from '../site.ts';
import type { Site } from '../site.ts';
import { askClusterNode, formCluster } from './redis-cluster.ts';
import { nodeTimeoutMs, redisConf } from './redis-conf.ts';
import { isCluster, planNodes } from './redis-nodes.ts';
import { assertSingle } from './single.ts';
import type { TierDriver } from './tier-driver.ts';

const READY_MS = 10_000;

/**
 * Redis as a cache: one, or the nodes of a cluster. A cluster is formed anew at each start, since its nodes are empty. The
 * one that holds the workers' jobs runs alone and keeps them.
 */
export const redis: TierDriver = {
  programs: () => ['redis-server'],

  validate(tier, topology) {
    const queue = isQueue(tier, topology);
    if (queue) assertSingle(tier);
    if (tier.instances > 1) planNodes(tier);
    redisConf({ ...tier, instances: 2 }, { port: 1, folder: '', password: '', queue });
  },

  async start(tier, site) {
    const account = accountFor(['nobody']);
    const instances = Array.from({ length: tier.instances }, (_, index) => index + 1);
    await Promise.all(instances.map((instance) => startInstance(tier, instance, account, site)));
    if (!isCluster(tier)) return;
    const ports = instances.map((instance) => portOf(site, tier.id, instance));
    const forming = { password: site.secrets.redis, node_timeout_ms: nodeTimeoutMs(tier), signal: site.signal };
    await formCluster(planNodes(tier), ports, forming);
  },

  async ask({ port }, { secrets, tier, topology }) {
    if (isCluster(tier)) return await askClusterNode(port, secrets.redis);
    await askRedis(port, secrets.redis);
    return isQueue(tier, topology) ? { role: 'queue' } : {};
  },
};

async function startInstance(tier: Tier, instance: number, account: Account, site: Site): Promise<void> {
  const id = processId(tier.id, instance);
  const port = portOf(site, tier.id, instance);
  const folder = join(site.paths.data, id);
  own(folder, account);
  assertReachable(folder, account);
  // What a cluster was before; its ports may be others now.
  rmSync(join(folder, 'nodes.conf'), { force: true });
  const conf = join(folder, 'redis.conf');
  const queue = isQueue(tier, site.topology);
  writeFileSync(conf, redisConf(tier, { port, folder, password: site.secrets.redis, queue }), { mode: 0o600 });
  if (account.drop) chownSync(conf, account.uid, account.gid);
  const launched = await launchServer(tier, id, { port, folder, conf, account }, site);
  await untilReady(launched, () => askRedis(port, site.secrets.redis), READY_MS, site.signal);
}

interface Place {
  readonly port: number;
  readonly folder: string;
  readonly conf: string;
  readonly account: Account;
}

function launchServer(tier: Tier, id: string, { port, folder, conf, account }: Place, site: Site): Promise<Launched> {
  return launch(
    {
      id,
      tier: tier.id,
      role: 'redis',
      port,
      account,
      cwd: folder,
      executable: programOf(site, 'redis-server'),
      args: [conf],
      env: environmentOf(site, folder),
      log: join(site.paths.logs, `${id}.log`),
      stop: [{ signal: 'SIGTERM', wait_ms: 2_000 }],
    },
    site.book,
    site.signal,
  );
}
