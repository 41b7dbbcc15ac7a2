import { chownSync, existsSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tier } from '../../../model/topology/topology.ts';
import { StackError } from '../../backend.ts';
import type { Account } from '../account.ts';
import { environmentOf, programOf } from '../site.ts';
import type { Site } from '../site.ts';
import { runTask } from '../task.ts';
import { PG_HBA, postgresConf } from './postgres-conf.ts';

/** A PostgreSQL database cluster: one server's folder of data. */
export interface Cluster {
  /** Of the server process. */
  readonly id: string;
  readonly tier: Tier;
  readonly port: number;
  readonly account: Account;
  /** Holds the cluster and what is needed to make it. */
  readonly folder: string;
  readonly data: string;
}

/**
 * Makes the cluster unless it is there. It is made beside and renamed when complete, so that an interrupted start
 * leaves nothing half-made. Not synced: a power failure within the first seconds costs only what can be made again.
 * Throws a `StackError` when the cluster there belongs to another major version.
 */
export async function ensureCluster(cluster: Cluster, site: Site): Promise<void> {
  if (existsSync(cluster.data)) return assertVersion(cluster, programOf(site, 'postgres'));
  site.progress('creating the database cluster');
  const beside = `${cluster.data}.new`;
  rmSync(beside, { recursive: true, force: true });
  const password = join(cluster.folder, 'password');
  writeOwned(cluster, password, site.secrets.database_admin);
  try {
    await runInitdb(cluster, beside, password, site);
  } finally {
    rmSync(password, { force: true });
  }
  renameSync(beside, cluster.data);
}

/** Writes the configuration anew and removes the pid file of a server that was killed. The sweep has run by then. */
export function configureCluster(cluster: Cluster, site: Site): void {
  const { data, tier, port } = cluster;
  writeOwned(cluster, join(data, 'postgresql.conf'), postgresConf(tier, site.topology, port));
  writeOwned(cluster, join(data, 'pg_hba.conf'), PG_HBA);
  // Its pid may belong to someone else by now, and PostgreSQL would refuse to start because of that.
  rmSync(join(data, 'postmaster.pid'), { force: true });
}

async function runInitdb({ id, tier, account, folder }: Cluster, beside: string, password: string, site: Site) {
  await runTask(
    {
      id: `${id}-initdb`,
      tier: tier.id,
      role: 'initdb',
      port: 0,
      account,
      cwd: folder,
      executable: programOf(site, 'initdb'),
      args: [
        '--pgdata',
        beside,
        '--username',
        'postgres',
        '--pwfile',
        password,
        '--auth',
        'scram-sha-256',
        '--encoding',
        'UTF8',
        '--locale',
        'C.UTF-8',
        '--no-sync',
        '--no-instructions',
      ],
      env: environmentOf(site, folder),
      log: join(site.paths.logs, `${id}-initdb.log`),
      stop: [{ signal: 'SIGTERM', wait_ms: 1_000 }],
    },
    site.book,
    site.signal,
  );
}

function assertVersion({ data }: Cluster, program: string): void {
  const made = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  const running = /\/(?:postgresql\/|pgsql-)(\d+)\//.exec(realpathSync(program))?.[1];
  if (running === undefined || running === made) return;
  throw new StackError(
    `the data were made by PostgreSQL ${made}, but this is ${running}`,
    'make them anew: `shop-plan down --purge`',
  );
}

function writeOwned({ account }: Cluster, file: string, text: string): void {
  writeFileSync(file, text, { mode: 0o600 });
  if (account.drop) chownSync(file, account.uid, account.gid);
}
