import type { Tier, Topology } from '../../../model/topology/topology.ts';
import { wholeNumber, yesOrNo } from '../settings.ts';

/** Connections of one application instance to the database, unless the tier says otherwise. */
export const DB_POOL_MAX = 10;
/** For superusers, the seeder, and whoever looks on. */
const SPARE_CONNECTIONS = 16;

/** The pool size that an application tier is run with. */
export function poolMax(tier: Tier): number {
  return wholeNumber(tier, 'db_pool_max', DB_POOL_MAX, 1, 1_000);
}

/** Enough connections for every pool of every tier that calls this one. */
export function connectionsOf(tier: Tier, topology: Topology): number {
  const callers = topology.tiers.filter((caller) => caller.kind === 'express' && caller.calls.includes(tier.id));
  return callers.reduce((sum, caller) => sum + caller.instances * poolMax(caller), SPARE_CONNECTIONS);
}

/**
 * postgresql.conf for a machine of a few cores. Durability is honest: a commit is on disk before it is answered.
 * A checkpoint is rare enough not to fall into a run of a minute: it writes every page again in full afterwards.
 */
export function postgresConf(tier: Tier, topology: Topology, port: number): string {
  const shared_buffers_mb = wholeNumber(tier, 'shared_buffers_mb', 256, 16, 65_536);
  const statements = yesOrNo(tier, 'stat_statements', false);
  return `listen_addresses = '127.0.0.1'
port = ${port}
unix_socket_directories = ''
max_connections = ${connectionsOf(tier, topology)}
password_encryption = 'scram-sha-256'

fsync = on
synchronous_commit = on
full_page_writes = on
wal_level = replica
max_wal_senders = 0
wal_buffers = 16MB
min_wal_size = 512MB
max_wal_size = 4GB
checkpoint_timeout = 15min
checkpoint_completion_target = 0.9

shared_buffers = ${shared_buffers_mb}MB
effective_cache_size = ${shared_buffers_mb * 4}MB
work_mem = 8MB
maintenance_work_mem = 128MB
random_page_cost = 1.1
jit = off
max_parallel_workers_per_gather = 0
autovacuum = on
track_io_timing = off
update_process_title = off
${statements ? "shared_preload_libraries = 'pg_stat_statements'\n" : ''}
logging_collector = off
log_min_messages = warning
log_line_prefix = '%m [%p] %q%u@%d '
lc_messages = 'C'
timezone = 'UTC'
`;
}

/** pg_hba.conf: passwords only, from this machine only. */
export const PG_HBA = 'host all all 127.0.0.1/32 scram-sha-256\n';
