import type { Tier } from '../../../model/topology/topology.ts';
import { haproxyConf } from '../../local/tiers/replication/haproxy-conf.ts';
import { PROXY_PORTS, proxyId } from '../../local/tiers/replication/replication-plan.ts';
import type { ReplicationPlan } from '../../local/tiers/replication/replication-plan.ts';
import type { Part } from '../compose-file.ts';
import { after, asks, CONFINED, PORTS, server } from '../container.ts';
import { IMAGES } from '../images.ts';

const CONNECTIONS_MAX = 4_096;

/** The proxy of a replicated database: for each shard a port for writes and one for reads. */
export function haproxy(head: Tier, plan: ReplicationPlan): Part {
  const file = `config/${head.id}/haproxy.cfg`;
  const service = {
    image: IMAGES.haproxy,
    ...server({ tier: { ...head, settings: {} }, role: 'haproxy', memory_mb: 256 }),
    ...CONFINED,
    depends_on: after(
      plan.shards.flatMap(({ nodes }) => nodes.map(({ id }) => id)),
      'service_healthy',
    ),
    volumes: [`./${file}:/usr/local/etc/haproxy/haproxy.cfg:ro`],
    networks: ['back'],
    healthcheck: asks('bash', '-c', knowsPrimaries(plan.shards.length)),
  };
  return { services: { [proxyId(head.id)]: service }, files: { [file]: conf(plan) } };
}

function conf({ profile, shards }: ReplicationPlan): string {
  return haproxyConf({
    status_port: PORTS.proxy_status,
    connections_max: CONNECTIONS_MAX,
    listen: '0.0.0.0',
    profile,
    shards: shards.map((shard) => ({
      shard: shard.shard,
      write_port: PORTS.proxy + PROXY_PORTS.write(shard),
      read_port: PORTS.proxy + PROXY_PORTS.read(shard),
      nodes: shard.nodes.map(({ id }) => ({ id, host: id, port: PORTS.postgres, rest_port: PORTS.patroni })),
    })),
  });
}

/**
 * The image has no client but bash. Well is a proxy that has seen the primary of each shard: before its first check, a server
 * only counts as up.
 */
function knowsPrimaries(shards: number): string {
  const ask = `exec 3<>/dev/tcp/127.0.0.1/${PORTS.proxy_status} && printf 'GET /status;csv HTTP/1.0\\r\\n\\r\\n' >&3`;
  return `${ask} && [ "$$(grep -Ec '^primary-[0-9]+,.*,UP,.*,L7OK,' <&3)" = ${shards} ]`;
}
