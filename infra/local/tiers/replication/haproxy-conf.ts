import type { FailoverProfile } from './replication-plan.ts';

/** Where one PostgreSQL and its Patroni answer. */
export interface ProxiedNode {
  readonly id: string;
  readonly port: number;
  readonly rest_port: number;
  /** Where it runs; absent: on this machine. */
  readonly host?: string;
}

/** One database: where its clients come in, and its nodes. */
export interface ProxiedShard {
  readonly shard: number;
  readonly write_port: number;
  readonly read_port: number;
  readonly nodes: readonly ProxiedNode[];
}

/** What HAProxy is told. */
export interface ProxySite {
  readonly status_port: number;
  readonly connections_max: number;
  /** Address that it listens on; absent: 127.0.0.1. */
  readonly listen?: string;
  readonly profile: FailoverProfile;
  readonly shards: readonly ProxiedShard[];
}

const LOOPBACK = '127.0.0.1';

/** The shipped checks take up to 9 s to see a node go and 6 s to see one come. */
const CHECKS: Readonly<Record<FailoverProfile, { readonly interval: string; readonly timeout: string }>> = {
  default: { interval: 'inter 3s fall 3 rise 2', timeout: '5s' },
  tuned: { interval: 'inter 500ms fall 2 rise 1', timeout: '2s' },
  lab: { interval: 'inter 500ms fall 2 rise 1', timeout: '2s' },
};

/**
 * haproxy.cfg: for each shard one port for writes, which leads to whichever node Patroni calls the primary, and one for reads,
 * which leads to the replicas, or to the primary while there is none. A node that is no longer what it was loses its
 * connections at once: a client that stayed would write to a former primary. Reads go where the fewest connections are,
 * because pools keep theirs. The first checks are made at once, where HAProxy would spread them over their interval.
 */
export function haproxyConf(site: ProxySite): string {
  const { shards, profile, status_port, connections_max, listen = LOOPBACK } = site;
  return `global
  maxconn ${connections_max}
  nbthread 1
  max-spread-checks 100

defaults
  mode tcp
  timeout connect 1s
  timeout check ${CHECKS[profile].timeout}
  timeout client 1h
  timeout server 1h

${shards.map((shard) => shardConf(shard, listen, profile)).join('')}frontend status
  mode http
  timeout client 10s
  bind ${listen}:${status_port}
  monitor-uri /health
  http-request use-service prometheus-exporter if { path /metrics }
  stats enable
  stats uri /status
`;
}

/** Names of a shard's parts, as they stand in HAProxy's statistics. */
export function backendsOf(shard: number): { readonly primary: string; readonly replicas: string } {
  return { primary: `primary-${shard}`, replicas: `replicas-${shard}` };
}

function shardConf(proxied: ProxiedShard, listen: string, profile: FailoverProfile): string {
  const { shard, write_port, read_port, nodes } = proxied;
  const { primary, replicas } = backendsOf(shard);
  return `frontend write-${shard}
  bind ${listen}:${write_port}
  default_backend ${primary}

frontend read-${shard}
  bind ${listen}:${read_port}
  use_backend ${primary} if { nbsrv(${replicas}) eq 0 }
  default_backend ${replicas}

${backend(primary, '/primary', nodes, profile)}
${backend(replicas, '/replica', nodes, profile)}
`;
}

function backend(name: string, role_uri: string, nodes: readonly ProxiedNode[], profile: FailoverProfile): string {
  return `backend ${name}
  balance leastconn
  option httpchk
  http-check send meth GET uri ${role_uri}
  http-check expect status 200
  default-server ${CHECKS[profile].interval} on-marked-down shutdown-sessions
${nodes.map(serverLine).join('')}`;
}

function serverLine({ id, host = LOOPBACK, port, rest_port }: ProxiedNode): string {
  return `  server ${id} ${host}:${port} check port ${rest_port}\n`;
}
