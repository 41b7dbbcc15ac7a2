import { join } from 'node:path';
import { own } from '../../account.ts';
import type { Account } from '../../account.ts';
import { launch } from '../../launch.ts';
import { askHttp } from '../../probes.ts';
import { untilReady } from '../../readiness.ts';
import { environmentOf, portAt, programOf } from '../../site.ts';
import type { Site } from '../../site.ts';
import { StackError } from '../../../backend.ts';
import { etcdId } from './replication-plan.ts';
import type { ReplicationPlan } from './replication-plan.ts';

const READY_MS = 20_000;
/** One node has nobody to wait for before it elects itself: by default it takes a second. */
const ALONE = { 'heartbeat-interval': 20, 'election-timeout': 200 } as const;

/** The clients' ports of all nodes of etcd. */
export function etcdPorts({ head, etcd }: ReplicationPlan, site: Site): number[] {
  return Array.from({ length: etcd }, (_, index) => portAt(site, etcdId(head.id, index + 1)));
}

/**
 * Starts etcd, empty: what Patroni keeps there is about running nodes, and which of them was the last primary is written in
 * their data, see `firstNode`.
 */
export async function startEtcd(plan: ReplicationPlan, account: Account, site: Site): Promise<void> {
  const nodes = Array.from({ length: plan.etcd }, (_, index) => index + 1);
  await Promise.all(nodes.map((node) => startNode(plan, node, account, site)));
}

/** Stores one value. Speaks etcd's JSON gateway, in which keys and values are base64. */
export async function putIntoEtcd(port: number, key: string, value: object): Promise<void> {
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const response = await fetch(`http://127.0.0.1:${port}/v3/kv/put`, {
    method: 'POST',
    headers: { connection: 'close' },
    body: JSON.stringify({ key: base64(key), value: base64(JSON.stringify(value)) }),
    signal: AbortSignal.timeout(5_000),
  });
  if (!response.ok) throw new StackError(`etcd answered ${response.status}: ${(await response.text()).slice(0, 200)}`);
}

async function startNode(plan: ReplicationPlan, node: number, account: Account, site: Site): Promise<void> {
  const id = etcdId(plan.head.id, node);
  const port = portAt(site, id);
  const folder = join(site.paths.run, id);
  own(folder, account);
  const launched = await launch(
    {
      id,
      tier: plan.head.id,
      role: 'etcd',
      port,
      account,
      cwd: folder,
      executable: programOf(site, 'etcd'),
      args: etcdOptions(plan, node, join(folder, 'data'), site),
      env: environmentOf(site, folder),
      log: join(site.paths.logs, `${id}.log`),
      metrics_url: `${url(port)}/metrics`,
      stop: [{ signal: 'SIGTERM', wait_ms: 1_000 }],
    },
    site.book,
    site.signal,
  );
  await untilReady(launched, () => askHttp(`${url(port)}/health`), READY_MS, site.signal);
}

function etcdOptions(plan: ReplicationPlan, node: number, data: string, site: Site): string[] {
  const id = etcdId(plan.head.id, node);
  const port = portAt(site, id);
  const peers = etcdPorts(plan, site).map((other, index) => `${etcdId(plan.head.id, index + 1)}=${url(other + 1)}`);
  const options = {
    name: id,
    'data-dir': data,
    'listen-client-urls': url(port),
    'advertise-client-urls': url(port),
    'listen-peer-urls': url(port + 1),
    'initial-advertise-peer-urls': url(port + 1),
    'initial-cluster': peers.join(','),
    'initial-cluster-token': site.book.current.id,
    'log-level': 'warn',
    ...(plan.etcd === 1 ? ALONE : {}),
  };
  return Object.entries(options).map(([name, value]) => `--${name}=${value}`);
}

function url(port: number): string {
  return `http://127.0.0.1:${port}`;
}
