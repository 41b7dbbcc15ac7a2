import { chownSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { own } from '../../account.ts';
import type { Account } from '../../account.ts';
import { launch } from '../../launch.ts';
import { openFilesMax } from '../../open-files.ts';
import { untilReady } from '../../readiness.ts';
import { environmentOf, portAt, programOf } from '../../site.ts';
import type { Site } from '../../site.ts';
import { haproxyConf } from './haproxy-conf.ts';
import type { LocalNode } from './patroni.ts';
import { proxyId } from './replication-plan.ts';
import type { ReplicationPlan } from './replication-plan.ts';

/** With the shipped checks, seeing every node's role takes some seconds. */
const READY_MS = 20_000;

/** Which nodes HAProxy sends what to. */
export interface Routes {
  readonly writes: readonly string[];
  readonly reads: readonly string[];
}

/** Starts HAProxy before the nodes and resolves when it sends writes to one and reads to all others. */
export async function startProxy(
  nodes: readonly LocalNode[],
  plan: ReplicationPlan,
  account: Account,
  site: Site,
): Promise<void> {
  const id = proxyId(plan.head.id);
  const port = portAt(site, id);
  const folder = join(site.paths.run, id);
  own(folder, account);
  const conf = join(folder, 'haproxy.cfg');
  const text = haproxyConf({
    write_port: port,
    read_port: port + 1,
    status_port: port + 2,
    connections_max: Math.min(4_096, Math.floor(openFilesMax() / 2) - 64),
    profile: plan.profile,
    nodes,
  });
  writeFileSync(conf, text, { mode: 0o600 });
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
      metrics_url: `http://127.0.0.1:${port + 2}/metrics`,
      stop: [{ signal: 'SIGTERM', wait_ms: 1_000 }],
      ends_with: `${plan.head.id} proxy`,
    },
    site.book,
    site.signal,
  );
  await untilReady(launched, () => assertRoutes(port, nodes.length - 1), READY_MS, site.signal);
}

/**
 * Reads the statistics that HAProxy gives as CSV (management guide, 9.1). A server whose check has not been made yet
 * counts as up there, but not here.
 */
export async function routesOf(port: number): Promise<Routes> {
  const response = await fetch(`http://127.0.0.1:${port + 2}/status;csv`, {
    headers: { connection: 'close' },
    signal: AbortSignal.timeout(1_000),
  });
  const [head = '', ...lines] = (await response.text()).replace(/^# /, '').trim().split('\n');
  const columns = head.split(',');
  const rows = lines.map((line) => new Map(line.split(',').map((value, index) => [columns[index], value])));
  const checked = rows.filter((row) => row.get('status') === 'UP' && row.get('check_status') === 'L7OK');
  const upIn = (backend: string): string[] =>
    checked.filter((row) => row.get('pxname') === backend).map((row) => row.get('svname') ?? '');
  return { writes: upIn('primary'), reads: upIn('replicas') };
}

async function assertRoutes(port: number, replicas: number): Promise<void> {
  const { writes, reads } = await routesOf(port);
  if (writes.length === 1 && reads.length === replicas) return;
  throw new Error(`it sends writes to ${writes.length} node and reads to ${reads.length} of ${replicas}`);
}
