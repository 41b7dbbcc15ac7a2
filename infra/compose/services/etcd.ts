import type { Tier } from '../../../model/topology/topology.ts';
import type { ComposeService, Part } from '../compose-file.ts';
import { asks, PORTS, server } from '../container.ts';
import { BUILDS, IMAGES } from '../images.ts';

/** One etcd for all databases of a tier, or three. It keeps who was the last primary, so it outlives a `down`. */
export function etcd(head: Tier, ids: readonly string[]): Part {
  return {
    services: Object.fromEntries(ids.map((id) => [id, member(head, id, ids)])),
    volumes: ids.map((id) => `${id}-data`),
  };
}

function member(head: Tier, id: string, ids: readonly string[]): ComposeService {
  const url = (host: string, port: number): string => `http://${host}:${port}`;
  const options = {
    name: id,
    'data-dir': '/var/lib/etcd',
    'listen-client-urls': url('0.0.0.0', PORTS.etcd),
    'advertise-client-urls': url(id, PORTS.etcd),
    'listen-peer-urls': url('0.0.0.0', PORTS.etcd_peer),
    'initial-advertise-peer-urls': url(id, PORTS.etcd_peer),
    'initial-cluster': ids.map((other) => `${other}=${url(other, PORTS.etcd_peer)}`).join(','),
    'initial-cluster-token': head.id,
    'log-level': 'warn',
  };
  return {
    image: IMAGES.etcd,
    build: BUILDS.etcd,
    ...server({ tier: { ...head, settings: {} }, role: 'etcd', memory_mb: 256 }),
    command: Object.entries(options).map(([name, value]) => `--${name}=${value}`),
    volumes: [`${id}-data:/var/lib/etcd`],
    networks: ['back'],
    healthcheck: asks('etcdctl', `--endpoints=${url('127.0.0.1', PORTS.etcd)}`, 'endpoint', 'health'),
  };
}
