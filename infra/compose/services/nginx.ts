import type { Tier, Topology } from '../../../model/topology/topology.ts';
import type { ComposeService, Healthcheck, Part } from '../compose-file.ts';
import { asks, CONFINED, PORTS, server } from '../container.ts';
import { IMAGES } from '../images.ts';
import { balancerConf } from '../nginx/balancer-conf.ts';
import { cacheMb, EDGE_CACHE, EDGE_HEALTH, edgeConf } from '../nginx/edge-conf.ts';
import { OBJECTS, originConf, WRITERS } from '../nginx/origin-conf.ts';
import { OBJECT_STORE_USER } from '../application-environment.ts';
import { instancesOf } from '../relations.ts';
import { CDN_PORT, ENTRY_PORT, reference, SECRETS } from '../variables.ts';

/** A user of the image: nginx needs no right of root above port 1024. */
const UNPRIVILEGED = '101:101';
const CONF = '/etc/nginx/nginx.conf';

/** Load balancers and gateways; only the first instance of the entry can be reached from outside. */
export function balancer(tier: Tier, topology: Topology): Part {
  const file = confFile(tier);
  const service = { ...nginx(tier, 'nginx', 256), ...CONFINED, user: UNPRIVILEGED, networks: ['front'] };
  return {
    services: instances(tier, (index) => ({
      ...service,
      ...(tier.id === topology.entry && index === 0 && { ports: [published(ENTRY_PORT)] }),
      healthcheck: answers('/health'),
    })),
    files: { [file]: balancerConf(tier, topology) },
  };
}

/** Edges of a CDN. What they keep is in memory and goes with them; only the first can be reached from outside. */
export function edge(tier: Tier, topology: Topology): Part {
  const cache_mb = cacheMb(tier);
  const service = {
    ...nginx(tier, 'cdn', cache_mb + 192),
    ...CONFINED,
    tmpfs: [...CONFINED.tmpfs, `${EDGE_CACHE}:mode=1777,size=${cache_mb + 64}m`],
    user: UNPRIVILEGED,
    networks: ['front', 'back'],
    healthcheck: answers(EDGE_HEALTH),
  };
  return {
    services: instances(tier, (index) => ({ ...service, ...(index === 0 && { ports: [published(CDN_PORT)] }) })),
    files: { [confFile(tier)]: edgeConf(tier, topology) },
  };
}

/** An object store: nginx that takes objects by PUT. It starts as root to make the folder its workers'. */
export function origin(tier: Tier): Part {
  const prepare = `chown nginx: ${OBJECTS} && printf '${OBJECT_STORE_USER}:{PLAIN}%s\\n' "$$OBJECT_STORE_SECRET" > ${WRITERS}`;
  const base = nginx(tier, 'object-store', 256);
  return {
    services: instances(tier, () => ({
      ...base,
      command: ['sh', '-c', `${prepare} && exec nginx -g 'daemon off;'`],
      environment: { OBJECT_STORE_SECRET: reference(SECRETS.object_store) },
      tmpfs: CONFINED.tmpfs,
      volumes: [...base.volumes, `${tier.id}-data:${OBJECTS}`],
      networks: ['back'],
      healthcheck: answers('/health'),
    })),
    files: { [confFile(tier)]: originConf(tier) },
    volumes: [`${tier.id}-data`],
  };
}

function nginx(tier: Tier, role: string, memory_mb: number) {
  return {
    image: IMAGES.nginx,
    ...server({ tier, role, memory_mb }),
    volumes: [`./${confFile(tier)}:${CONF}:ro`],
  } as const;
}

function confFile({ id }: Tier): string {
  return `config/${id}/nginx.conf`;
}

function instances(tier: Tier, service: (index: number) => ComposeService): Record<string, ComposeService> {
  return Object.fromEntries(instancesOf(tier).map((id, index) => [id, service(index)]));
}

function answers(path: string): Healthcheck {
  return asks('curl', '-fsS', '-o', '/dev/null', `http://127.0.0.1:${PORTS.nginx}${path}`);
}

function published(port: string): string {
  return `127.0.0.1:${reference(port)}:${PORTS.nginx}`;
}
