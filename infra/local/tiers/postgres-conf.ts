import type { Tier, Topology } from '../../../model/topology/topology.ts';
import { dependenciesOf } from '../dependencies.ts';
import { wholeNumber, yesOrNo } from '../settings.ts';

/** Connections of one application instance to the database, unless the tier says otherwise. */
export const DB_POOL_MAX = 10;
/** For superusers, the seeder, and whoever looks on. */
const SPARE_CONNECTIONS = 16;

/** The pool size that an application tier is run with. */
export function poolMax(tier: Tier): number {
  return wholeNumber(tier, 'db_pool_max', DB_POOL_MAX, 1, 1_000);
}

/** Enough connections for every pool of every tier that depends on one of these, as if each depended only on one. */
export function connectionsOf(databases: readonly Tier[], topology: Topology): number {
  const pools = databases.flatMap((database) =>
    topology.tiers.filter(
      (tier) =>
        ['express', 'worker'].includes(tier.kind) &&
        dependenciesOf(tier, topology).some(({ id }) => id === database.id),
    ),
  );
  return pools.reduce((sum, caller) => sum + caller.instances * poolMax(caller), SPARE_CONNECTIONS);
}

/** This machine alone, as pg_hba.conf writes it. */
export const LOOPBACK = '127.0.0.1/32';

/** Settings of PostgreSQL, by their names. */
export type Parameters = Readonly<Record<string, string | number>>;

/**
 * Settings for a machine of a few cores, but for ports and addresses. Durability is honest: a commit is on disk before it
 * is answered. A checkpoint is rare enough not to fall into a run of a minute: it writes every page again in full
 * afterwards.
 */
export function postgresParameters(tier: Tier, max_connections: number): Parameters {
  const shared_buffers_mb = wholeNumber(tier, 'shared_buffers_mb', 256, 16, 65_536);
  const statements = yesOrNo(tier, 'stat_statements', false);
  return {
    unix_socket_directories: '',
    max_connections,
    password_encryption: 'scram-sha-256',

    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    wal_level: 'replica',
    wal_buffers: '16MB',
    min_wal_size: '512MB',
    max_wal_size: '4GB',
    checkpoint_timeout: '15min',
    checkpoint_completion_target: 0.9,

    shared_buffers: `${shared_buffers_mb}MB`,
    effective_cache_size: `${shared_buffers_mb * 4}MB`,
    work_mem: '8MB',
    maintenance_work_mem: '128MB',
    random_page_cost: 1.1,
    jit: 'off',
    max_parallel_workers_per_gather: 0,
    autovacuum: 'on',
    track_io_timing: 'off',
    update_process_title: 'off',
    ...(statements ? { shared_preload_libraries: 'pg_stat_statements' } : {}),

    logging_collector: 'off',
    log_min_messages: 'warning',
    log_line_prefix: '%m [%p] %q%u@%d ',
    lc_messages: 'C',
    timezone: 'UTC',
  };
}

/** postgresql.conf of a database that runs alone; `listen` is the address on which it does. */
export function postgresConf(tier: Tier, topology: Topology, port: number, listen = '127.0.0.1'): string {
  const parameters = {
    listen_addresses: listen,
    port,
    ...postgresParameters(tier, connectionsOf([tier], topology)),
    max_wal_senders: 0,
  };
  return Object.entries(parameters)
    .map(([name, value]) => `${name} = ${quoted(String(value))}\n`)
    .join('');
}

/** Words and numbers, also with a unit, can stand as they are. */
function quoted(value: string): string {
  return /^([a-z]\w*|\d+(\.\d+)?[a-z]*)$/i.test(value) ? value : `'${value}'`;
}

/** pg_hba.conf: passwords only, from this machine only. */
export const PG_HBA = `host all all ${LOOPBACK} scram-sha-256\n`;
