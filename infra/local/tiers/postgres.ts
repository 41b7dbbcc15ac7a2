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
import { turns } from '../turns.ts';
import { adminOf, checkpoint, ensureDatabase } from './postgres-database.ts';
import { configureCluster, ensureCluster } from './postgres-cluster.ts';
import type { Cluster } from './postgres-cluster.ts';
import { postgresConf } from './postgres-conf.ts';
import { askReplicated } from './replication/ask-replicated.ts';
import { startReplicated } from './replication/replicated-postgres.ts';
import { assertReplicates, replicatedBy, replicationPlan } from './replication/replication-plan.ts';
import { seedDatabase } from './seed.ts';
import { assertOneEach, shardsOf } from './shards.ts';
import type { TierDriver } from './tier-driver.ts';

/** Crash recovery of a large write-ahead log is part of a start. */
const READY_MS = 60_000;
const STARTS_AT_A_TIME = 4;

/** PostgreSQL with the application's database, filled by its own seeder: one or one a shard, alone or with replicas. */
export const postgres: TierDriver = {
  programs(tier, topology) {
    if (replicationPlan(tier, topology) === null) return ['postgres', 'initdb'];
    return ['postgres', 'initdb', 'patroni', 'etcd', 'haproxy'];
  },

  validate(tier, topology) {
    if (replicatedBy(tier) !== undefined) return assertReplicates(tier, topology);
    assertOneEach(tier);
    replicationPlan(tier, topology);
    postgresConf(tier, topology, 1);
  },

  async start(tier, site) {
    // Started with the tier that it replicates, which everybody who calls it calls, too.
    if (replicatedBy(tier) !== undefined) return;
    const plan = replicationPlan(tier, site.topology);
    if (plan === null) await startAlone(tier, site);
    else await startReplicated(plan, site);
  },

  async ask(process, { tier, secrets, topology }) {
    const head = topology.tiers.find(({ id }) => id === replicatedBy(tier)) ?? tier;
    const plan = replicationPlan(head, topology);
    if (plan !== null) return await askReplicated(process, plan, secrets);
    await askPostgres(databaseUrl(databaseAccess(tier, topology, secrets), process.port));
    return shardsOf(tier) === 1 ? {} : { detail: `shard ${process.id.slice(tier.id.length + 1)}` };
  },
};

/** One database, or one a shard, without replicas. */
async function startAlone(tier: Tier, site: Site): Promise<void> {
  const shards = Array.from({ length: shardsOf(tier) }, (_, index) => index + 1);
  const clusters = shards.map((shard) => clusterOf(tier, shard, site));
  const inTurn = turns(STARTS_AT_A_TIME);
  await Promise.all(clusters.map((cluster) => inTurn(() => startCluster(cluster, site))));
  const ports = clusters.map(({ port }) => port);
  await seedDatabase(tier, ports, site);
  await Promise.all(ports.map((port) => checkpoint(adminOf(site.secrets.database_admin, port))));
}

function clusterOf(tier: Tier, shard: number, site: Site): Cluster {
  const account = accountFor(['postgres', 'nobody']);
  const id = processId(tier.id, shard);
  const shards = shardsOf(tier);
  const own_folder = join(site.paths.data, id);
  // Data of another division are no part of this one.
  const folder = shards === 1 ? own_folder : join(own_folder, `shard-${shard}-of-${shards}`);
  own(own_folder, account);
  own(folder, account);
  assertReachable(folder, account);
  return { id, tier, account, port: portOf(site, tier.id, shard), folder, data: join(folder, 'cluster') };
}

async function startCluster(cluster: Cluster, site: Site): Promise<void> {
  const { tier, port } = cluster;
  await site.inTurn(() => ensureCluster(cluster, site));
  configureCluster(cluster, site);
  const launched = await startServer(cluster, site);
  const admin = adminOf(site.secrets.database_admin, port);
  await untilReady(launched, () => askPostgres(admin('postgres')), READY_MS, site.signal);
  await ensureDatabase(tier, admin, databaseAccess(tier, site.topology, site.secrets));
}

function startServer({ id, tier, account, port, data, folder }: Cluster, site: Site): Promise<Launched> {
  return launch(
    {
      id,
      tier: tier.id,
      role: 'postgres',
      port,
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
