import { chownSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { assertReachable, own } from '../../account.ts';
import type { Account } from '../../account.ts';
import { launch } from '../../launch.ts';
import type { Launched } from '../../launch.ts';
import { askHttp, query } from '../../probes.ts';
import { untilReady } from '../../readiness.ts';
import { environmentOf, portAt, programOf } from '../../site.ts';
import type { Site } from '../../site.ts';
import { adminUrl } from '../postgres-database.ts';
import { etcdPorts } from './etcd.ts';
import { discardIncomplete, markComplete } from './first-node.ts';
import type { NodeFolders } from './first-node.ts';
import { patroniConf } from './patroni-conf.ts';
import { postmasterOf } from './postmaster.ts';
import type { ReplicaNode, ReplicatedShard, ReplicationPlan } from './replication-plan.ts';

/** A copy of the primary and the recovery of a large write-ahead log are part of a start. */
const READY_MS = 60_000;

/** One node on this machine. */
export interface LocalNode extends ReplicaNode, NodeFolders {
  /** What Patroni calls the database that it belongs to. */
  readonly scope: string;
  readonly port: number;
  readonly rest_port: number;
}

/** One database with its nodes on this machine. */
export interface LocalShard extends ReplicatedShard {
  readonly nodes: readonly LocalNode[];
}

/** A shard's nodes with the folders that they have here; half-made data are gone. */
export function prepareNodes(shard: ReplicatedShard, account: Account, site: Site): LocalShard {
  const nodes = shard.nodes.map((node) => {
    const folder = join(site.paths.data, node.id, shard.folder);
    const port = portAt(site, node.id);
    own(dirname(folder), account);
    own(folder, account);
    assertReachable(folder, account);
    const local = { ...node, folder, data: join(folder, 'cluster'), scope: shard.scope, port, rest_port: port + 1 };
    discardIncomplete(local);
    return local;
  });
  return { ...shard, nodes };
}

/**
 * Starts Patroni, which starts PostgreSQL, and resolves when the node is what is asked for. PostgreSQL runs in a session of
 * its own and goes into the manifest by itself.
 */
export async function startNode(
  role: 'primary' | 'replica',
  node: LocalNode,
  plan: ReplicationPlan,
  account: Account,
  site: Site,
): Promise<void> {
  const conf = writeConf(node, plan, account, site);
  // The pid in it may belong to someone else by now. The sweep has run by then.
  rmSync(join(node.data, 'postmaster.pid'), { force: true });
  const patroni = await launchPatroni(node, plan, conf, account, site);
  await untilReady(patroni, () => assertRole(role, node, site), READY_MS, site.signal);
  markComplete(node);
  recordPostmaster(node, plan, account, site);
}

/** Patroni calls a node the primary as soon as it holds the lock; PostgreSQL takes writes a little later. */
async function assertRole(role: 'primary' | 'replica', node: LocalNode, site: Site): Promise<void> {
  await askHttp(restUrl(node.rest_port, `/${role}`));
  const url = adminUrl(site.secrets.database_admin, node.port, 'postgres');
  const [state] = await query(url, 'select pg_is_in_recovery() as replica');
  if (state?.['replica'] !== (role === 'replica')) throw new Error(`PostgreSQL is no ${role} yet`);
}

export function restUrl(rest_port: number, path: string): string {
  return `http://127.0.0.1:${rest_port}${path}`;
}

function writeConf(node: LocalNode, plan: ReplicationPlan, account: Account, site: Site): string {
  const file = join(node.folder, 'patroni.json');
  const text = patroniConf({
    ...node,
    bin: dirname(programOf(site, 'postgres')),
    etcd_ports: etcdPorts(plan, site),
    admin_password: site.secrets.database_admin,
    replication_password: site.secrets.replication,
  });
  writeFileSync(file, text, { mode: 0o600 });
  if (account.drop) chownSync(file, account.uid, account.gid);
  return file;
}

/**
 * Patroni is ended by SIGKILL, all at the same time and before any PostgreSQL: asked to stop, it would stop its server while
 * others still take over. It keeps nothing that could be lost.
 */
function launchPatroni(
  node: LocalNode,
  plan: ReplicationPlan,
  conf: string,
  account: Account,
  site: Site,
): Promise<Launched> {
  const id = `${node.id}-patroni`;
  return launch(
    {
      id,
      tier: node.tier,
      role: 'patroni',
      port: node.rest_port,
      account,
      cwd: node.folder,
      executable: programOf(site, 'patroni'),
      args: [conf],
      env: environmentOf(site, node.folder),
      log: join(site.paths.logs, `${node.id}.log`),
      metrics_url: restUrl(node.rest_port, '/metrics'),
      stop: [],
      ends_with: `${plan.head.id} supervision`,
    },
    site.book,
    site.signal,
  );
}

function recordPostmaster({ id, tier, data, port }: LocalNode, plan: ReplicationPlan, account: Account, site: Site) {
  const pid_file = join(data, 'postmaster.pid');
  const postmaster = postmasterOf(pid_file);
  if (postmaster === null) throw new Error(`\`${id}\` answers, but has no postmaster`);
  site.book.addProcess({
    ...postmaster,
    id,
    tier,
    role: 'postgres',
    port,
    executable: programOf(site, 'postgres'),
    user: account.name,
    log: join(site.paths.logs, `${id}.log`),
    pid_file,
    ends_with: plan.head.id,
    stop: [
      { signal: 'SIGINT', wait_ms: 5_000 },
      { signal: 'SIGQUIT', wait_ms: 2_000 },
    ],
  });
}
