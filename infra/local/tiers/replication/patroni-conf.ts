import { LOOPBACK } from '../postgres-conf.ts';
import type { Parameters } from '../postgres-conf.ts';
import type { FailoverProfile, ReplicationMode, ReplicationPlan } from './replication-plan.ts';

/** Patroni's clock: the leader's lease, how often each node looks, how long it tries to reach etcd. */
interface Timing {
  readonly ttl_s: number;
  readonly loop_wait_s: number;
  readonly retry_timeout_s: number;
  /** A replica further behind than this is not promoted. */
  readonly maximum_lag_bytes: number;
}

/**
 * `default` is what Patroni ships. `tuned` keeps its rule `ttl >= loop_wait + 2 × retry_timeout` with less of each. `lab` is
 * for short demonstrations: Patroni 3.2 and newer refuse such a ttl, and on a busy machine it fails over for nothing.
 * One MB of lag can block an election under load, so only `default` keeps that limit.
 */
const TIMINGS: Readonly<Record<FailoverProfile, Timing>> = {
  default: { ttl_s: 30, loop_wait_s: 10, retry_timeout_s: 10, maximum_lag_bytes: 1_048_576 },
  tuned: { ttl_s: 20, loop_wait_s: 2, retry_timeout_s: 8, maximum_lag_bytes: 67_108_864 },
  lab: { ttl_s: 5, loop_wait_s: 1, retry_timeout_s: 2, maximum_lag_bytes: 67_108_864 },
};

/** How often Patroni looks, and what PostgreSQL is told in addition. */
export interface Pace {
  readonly loop_wait_s: number;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * While a stack starts Patroni looks every second, and a replica whose primary is not ready for it asks again soon: with
 * PostgreSQL's own 5 s, one that comes back would wait for its slot, and again where the timeline forks.
 */
export const STARTING: Pace = { loop_wait_s: 1, parameters: { wal_retrieve_retry_interval: '200ms' } };

/** Key below which Patroni keeps everything about one cluster in etcd. */
export const NAMESPACE = '/shop-plan/';

/** The key of Patroni's dynamic configuration in etcd. */
export function dynamicConfKey(scope: string): string {
  return `${NAMESPACE}${scope}/config`;
}

/** How often a profile has each node look. */
export function loopWaitOf(profile: FailoverProfile): number {
  return TIMINGS[profile].loop_wait_s;
}

/** What holds for all nodes, kept in etcd. */
export function dynamicConf(plan: ReplicationPlan, parameters: Parameters, loop_wait_s: number): object {
  const timing = TIMINGS[plan.profile];
  return {
    ttl: timing.ttl_s,
    loop_wait: loop_wait_s,
    retry_timeout: timing.retry_timeout_s,
    maximum_lag_on_failover: timing.maximum_lag_bytes,
    ...synchronicity(plan.mode),
    postgresql: {
      use_slots: true,
      use_pg_rewind: true,
      parameters: {
        ...parameters,
        hot_standby: 'on',
        max_wal_senders: 10,
        max_replication_slots: 10,
        wal_keep_size: '256MB',
        // pg_rewind needs to know of hint bits, too.
        wal_log_hints: 'on',
      },
    },
  };
}

/** What one node is told in its file. */
export interface PatroniSite {
  readonly scope: string;
  readonly id: string;
  readonly folder: string;
  readonly data: string;
  readonly bin: string;
  readonly port: number;
  readonly rest_port: number;
  readonly etcd_ports: readonly number[];
  readonly admin_password: string;
  readonly replication_password: string;
  /** How a new cluster is made, beside its files: dynamic configuration and a script, unless somebody else sees to that. */
  readonly bootstrap?: object;
  /** Where the node is when it is not on this machine. */
  readonly place?: PatroniPlace;
}

/** One of several hosts. */
export interface PatroniPlace {
  /** Address that it listens on. */
  readonly listen: string;
  /** Name by which the others reach it. */
  readonly host: string;
  /** From where clients and replicas may sign in, as pg_hba.conf writes it. */
  readonly clients: string;
  readonly etcd_hosts: readonly string[];
}

/** Patroni's configuration file. It is YAML, of which JSON is a part. */
export function patroniConf(site: PatroniSite): string {
  const { place } = site;
  const listen = (port: number): string => `${place?.listen ?? '127.0.0.1'}:${port}`;
  const reach = (port: number, host = place?.host): string => `${host ?? '127.0.0.1'}:${port}`;
  const clients = place?.clients ?? LOOPBACK;
  const conf = {
    scope: site.scope,
    namespace: NAMESPACE,
    name: site.id,
    log: { level: 'INFO' },
    restapi: { listen: listen(site.rest_port), connect_address: reach(site.rest_port) },
    etcd3: { hosts: site.etcd_ports.map((port, index) => reach(port, place?.etcd_hosts[index])) },
    bootstrap: {
      ...site.bootstrap,
      initdb: [
        { encoding: 'UTF8' },
        { locale: 'C.UTF-8' },
        { 'auth-host': 'scram-sha-256' },
        'no-sync',
        'no-instructions',
      ],
    },
    postgresql: {
      listen: listen(site.port),
      connect_address: reach(site.port),
      data_dir: site.data,
      bin_dir: site.bin,
      pgpass: `${site.folder}/pgpass`,
      authentication: {
        superuser: { username: 'postgres', password: site.admin_password },
        replication: { username: 'replicator', password: site.replication_password },
      },
      pg_hba: [`host replication replicator ${clients} scram-sha-256`, `host all all ${clients} scram-sha-256`],
      // Without it a copy waits for the primary's next checkpoint, a quarter of an hour away.
      basebackup: [{ checkpoint: 'fast' }, 'no-sync'],
      remove_data_directory_on_rewind_failure: true,
      remove_data_directory_on_diverged_timelines: true,
    },
    watchdog: { mode: 'off' },
  };
  return `${JSON.stringify(conf, null, 2)}\n`;
}

function synchronicity(mode: ReplicationMode): object {
  return { synchronous_mode: mode !== 'asynchronous', synchronous_mode_strict: mode === 'strict' };
}
