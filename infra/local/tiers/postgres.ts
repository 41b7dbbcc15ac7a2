import { join } from 'node:path';
import type { Tier } from '../../../model/topology/topology.ts';
import { accountFor, assertReachable, own } from '../account.ts';
import { databaseAccess, databaseUrl } from '../database-access.ts';
import { launch } from '../launch.ts';
import type { Launched } from '../launch.ts';
import { processId } from '../port-plan.ts';
import { askPostgres } from '../probes.ts';
import { untilReady } from '../readiness.ts';
import { environmentOf, portOf, programOf } from '../site.ts';
import type { Site } from '../site.ts';
import { adminUrl, checkpoint, ensureDatabase } from './postgres-database.ts';
import { configureCluster, ensureCluster } from './postgres-cluster.ts';
import type { Cluster } from './postgres-cluster.ts';
import { postgresConf } from './postgres-conf.ts';
import { askReplicated, startReplicated } from './replication/replicated-postgres.ts';
import { assertReplicates, replicatedBy, replicationPlan } from './replication/replication-plan.ts';
import { seedDatabase } from './seed.ts';
import { assertSingle } from './single.ts';
import type { TierDriver } from './tier-driver.ts';

/** Crash recovery of a large write-ahead log is part of a start. */
const READY_MS = 60_000;

/** PostgreSQL with the shop's database, filled by the application's own seeder: one, or a primary with its replicas. */
export const postgres: TierDriver = {
  programs(tier, topology) {
    if (replicationPlan(tier, topology) === null) return ['postgres', 'initdb'];
    return ['postgres', 'initdb', 'patroni', 'etcd', 'haproxy'];
  },

  validate(tier, topology) {
    if (replicatedBy(tier) !== undefined) return assertReplicates(tier, topology);
    assertSingle(tier);
    replicationPlan(tier, topology);
    postgresConf(tier, topology, 1);
  },

  async start(tier, site) {
    // Started with the tier that it replicates, which everybody who calls it calls, too.
    if (replicatedBy(tier) !== undefined) return;
    const plan = replicationPlan(tier, site.topology);
    if (plan === null) await startSingle(tier, site);
    else await startReplicated(plan, site);
  },

  async ask(process, { tier, secrets, topology }) {
    const replicated = replicatedBy(tier) !== undefined || replicationPlan(tier, topology) !== null;
    if (replicated) return await askReplicated(process, secrets);
    await askPostgres(databaseUrl(databaseAccess(tier, topology, secrets), process.port));
    return {};
  },
};

async function startSingle(tier: Tier, site: Site): Promise<void> {
  const account = accountFor(['postgres', 'nobody']);
  const id = processId(tier.id, 1);
  const folder = join(site.paths.data, id);
  own(folder, account);
  assertReachable(folder, account);
  const cluster: Cluster = { id, tier, account, folder, data: join(folder, 'cluster') };
  await site.inTurn(() => ensureCluster(cluster, site));
  configureCluster(cluster, site);
  const launched = await startServer(cluster, site);
  const admin = (database: string): string => adminUrl(site.secrets.database_admin, portOf(site, tier.id), database);
  await untilReady(launched, () => askPostgres(admin('postgres')), READY_MS, site.signal);
  await ensureDatabase(tier, admin, databaseAccess(tier, site.topology, site.secrets));
  await seedDatabase(tier, portOf(site, tier.id), site);
  await checkpoint(admin);
}

function startServer({ id, tier, account, data, folder }: Cluster, site: Site): Promise<Launched> {
  return launch(
    {
      id,
      tier: tier.id,
      role: 'postgres',
      port: portOf(site, tier.id),
      account,
      cwd: data,
      executable: programOf(site, 'postgres'),
      args: ['-D', data],
      env: environmentOf(site, folder),
      log: join(site.paths.logs, `${id}.log`),
      // Fast shutdown, then immediate shutdown: the latter costs a recovery at the next start, and no data.
      stop: [
        { signal: 'SIGINT', wait_ms: 10_000 },
        { signal: 'SIGQUIT', wait_ms: 2_000 },
      ],
    },
    site.book,
    site.signal,
  );
}
