import type { Tier } from '../../../model/topology/topology.ts';
import { haproxyConf } from '../../local/tiers/replication/haproxy-conf.ts';
import type { ReplicationPlan } from '../../local/tiers/replication/replication-plan.ts';
import type { Part } from '../compose-file.ts';
import { after, asks, CONFINED, PORTS, server } from '../container.ts';
import type { Database } from '../databases.ts';
import { IMAGES } from '../images.ts';

const CONNECTIONS_MAX = 4_096;
/** The image has no client but bash. Well is a proxy that has seen a primary: before a check, a server only counts as up. */
const KNOWS_PRIMARY = `exec 3<>/dev/tcp/127.0.0.1/${PORTS.proxy_status} && printf 'GET /status;csv HTTP/1.0\\r\\n\\r\\n' >&3 && grep -Eq '^primary,[^,]+,.*,UP,.*,L7OK,' <&3`;

/** The proxy of one database: a port for writes, one for reads. */
export function haproxy(head: Tier, { scope, nodes, replicated }: Database, { profile }: ReplicationPlan): Part {
  const file = `config/${scope}/haproxy.cfg`;
  const text = haproxyConf({
    write_port: PORTS.proxy_write,
    read_port: PORTS.proxy_read,
    status_port: PORTS.proxy_status,
    connections_max: CONNECTIONS_MAX,
    listen: '0.0.0.0',
    profile,
    nodes: nodes.map((id) => ({ id, host: id, port: PORTS.postgres, rest_port: PORTS.patroni })),
  });
  const service = {
    image: IMAGES.haproxy,
    ...server({ tier: { ...head, settings: {} }, role: 'haproxy', memory_mb: 256 }),
    ...CONFINED,
    depends_on: after(nodes, 'service_healthy'),
    volumes: [`./${file}:/usr/local/etc/haproxy/haproxy.cfg:ro`],
    networks: ['back'],
    healthcheck: asks('bash', '-c', KNOWS_PRIMARY),
  };
  return { services: { [replicated?.proxy ?? scope]: service }, files: { [file]: text } };
}
