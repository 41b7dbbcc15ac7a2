import type { FailoverProfile } from './replication-plan.ts';

/** Where one PostgreSQL and its Patroni answer. */
export interface ProxiedNode {
  readonly id: string;
  readonly port: number;
  readonly rest_port: number;
  /** Where it runs; absent: on this machine. */
  readonly host?: string;
}

/** What HAProxy is told. */
export interface ProxySite {
  readonly write_port: number;
  readonly read_port: number;
  readonly status_port: number;
  readonly connections_max: number;
  /** Address that it listens on; absent: 127.0.0.1. */
  readonly listen?: string;
  readonly profile: FailoverProfile;
  readonly nodes: readonly ProxiedNode[];
}

/** The shipped checks take up to 9 s to see a node go and 6 s to see one come. */
const CHECKS: Readonly<Record<FailoverProfile, { readonly interval: string; readonly timeout: string }>> = {
  default: { interval: 'inter 3s fall 3 rise 2', timeout: '5s' },
  tuned: { interval: 'inter 500ms fall 2 rise 1', timeout: '2s' },
  lab: { interval: 'inter 500ms fall 2 rise 1', timeout: '2s' },
};

/**
 * haproxy.cfg: one port for writes, which leads to whichever node Patroni calls the primary, and one for reads, which leads to
 * the replicas, or to the primary while there is none. A node that is no longer what it was loses its connections at once:
 * a client that stayed would write to a former primary. Reads go where the fewest connections are, because pools keep theirs.
 */
export function haproxyConf(site: ProxySite): string {
  const listen = site.listen ?? '127.0.0.1';
  return `global
  maxconn ${site.connections_max}
  nbthread 1

defaults
  mode tcp
  timeout connect 1s
  timeout check ${CHECKS[site.profile].timeout}
  timeout client 1h
  timeout server 1h

frontend write
  bind ${listen}:${site.write_port}
  default_backend primary

frontend read
  bind ${listen}:${site.read_port}
  use_backend primary if { nbsrv(replicas) eq 0 }
  default_backend replicas

${backend('primary', '/primary', site)}
${backend('replicas', '/replica', site)}
frontend status
  mode http
  timeout client 10s
  bind ${listen}:${site.status_port}
  monitor-uri /health
  http-request use-service prometheus-exporter if { path /metrics }
  stats enable
  stats uri /status
`;
}

function backend(name: string, role_uri: string, { profile, nodes }: ProxySite): string {
  return `backend ${name}
  balance leastconn
  option httpchk
  http-check send meth GET uri ${role_uri}
  http-check expect status 200
  default-server ${CHECKS[profile].interval} on-marked-down shutdown-sessions
${nodes.map(serverLine).join('')}`;
}

function serverLine({ id, host = '127.0.0.1', port, rest_port }: ProxiedNode): string {
  return `  server ${id} ${host}:${port} check port ${rest_port}\n`;
}
