import { chownSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { own } from '../../account.ts';
import type { Account } from '../../account.ts';
import { launch } from '../../launch.ts';
import { openFilesMax } from '../../open-files.ts';
import { untilReady } from '../../readiness.ts';
import { environmentOf, portAt, programOf } from '../../site.ts';
import type { Site } from '../../site.ts';
import { backendsOf, haproxyConf } from './haproxy-conf.ts';
import type { LocalShard } from './patroni.ts';
import { PROXY_PORTS, proxyId } from './replication-plan.ts';
import type { ReplicationPlan } from './replication-plan.ts';

/** With the shipped checks, seeing every node's role takes some seconds. */
const READY_MS = 20_000;

/** Which nodes of a shard HAProxy sends what to. */
export interface Routes {
  readonly shard: number;
  readonly writes: readonly string[];
  readonly reads: readonly string[];
}

/** Starts HAProxy and resolves when it sends each shard's writes to one node and its reads to all others. */
export async function startProxy(
  shards: readonly LocalShard[],
  plan: ReplicationPlan,
  account: Account,
  site: Site,
): Promise<void> {
  const id = proxyId(plan.head.id);
  const port = portAt(site, id);
  const status_port = port + PROXY_PORTS.status(plan);
  const folder = join(site.paths.run, id);
  own(folder, account);
  const conf = join(folder, 'haproxy.cfg');
  writeFileSync(conf, confOf(shards, plan, port), { mode: 0o600 });
  if (account.drop) chownSync(conf, account.uid, account.gid);
  const launched = await launch(
    {
      id,
      tier: plan.head.id,
      role: 'haproxy',
      port,
      account,
      cwd: folder,
      executable: programOf(site, 'haproxy'),
      args: ['-f', conf, '-db'],
      env: environmentOf(site, folder),
      log: join(site.paths.logs, `${id}.log`),
      metrics_url: `http://127.0.0.1:${status_port}/metrics`,
      stop: [{ signal: 'SIGTERM', wait_ms: 1_000 }],
      ends_with: `${plan.head.id} proxy`,
    },
    site.book,
    site.signal,
  );
  await untilReady(launched, () => assertRoutes(plan, port), READY_MS, site.signal);
}

/**
 * Reads the statistics that HAProxy gives as CSV (management guide, 9.1). A server whose check has not been made yet
 * counts as up there, but not here. `port`: the first one of HAProxy.
 */
export async function routesOf(plan: ReplicationPlan, port: number): Promise<Routes[]> {
  const response = await fetch(`http://127.0.0.1:${port + PROXY_PORTS.status(plan)}/status;csv`, {
    headers: { connection: 'close' },
    signal: AbortSignal.timeout(1_000),
  });
  const [head = '', ...lines] = (await response.text()).replace(/^# /, '').trim().split('\n');
  const columns = head.split(',');
  const rows = lines.map((line) => new Map(line.split(',').map((value, index) => [columns[index], value])));
  const checked = rows.filter((row) => row.get('status') === 'UP' && row.get('check_status') === 'L7OK');
  const upIn = (backend: string): string[] =>
    checked.filter((row) => row.get('pxname') === backend).map((row) => row.get('svname') ?? '');
  return plan.shards.map(({ shard }) => {
    const { primary, replicas } = backendsOf(shard);
    return { shard, writes: upIn(primary), reads: upIn(replicas) };
  });
}

async function assertRoutes(plan: ReplicationPlan, port: number): Promise<void> {
  const routes = await routesOf(plan, port);
  for (const [index, { nodes }] of plan.shards.entries()) {
    const { writes = [], reads = [] } = routes[index] ?? {};
    if (writes.length === 1 && reads.length === nodes.length - 1) continue;
    throw new Error(`it sends writes to ${writes.length} node and reads to ${reads.length} of ${nodes.length - 1}`);
  }
}

function confOf(shards: readonly LocalShard[], plan: ReplicationPlan, port: number): string {
  return haproxyConf({
    status_port: port + PROXY_PORTS.status(plan),
    connections_max: Math.min(4_096, Math.floor(openFilesMax() / 2) - 64),
    profile: plan.profile,
    shards: shards.map(({ shard, nodes }) => ({
      shard,
      write_port: port + PROXY_PORTS.write({ shard }),
      read_port: port + PROXY_PORTS.read({ shard }),
      nodes,
    })),
  });
}
