import type { Tier, Topology } from '../../../model/topology/topology.ts';
import { StackError } from '../../backend.ts';
import { cacheMb, edgeConf } from '../../local/tiers/cdn/cdn-conf.ts';
import { BUCKET, HEALTH_KEY, STORE_ROLES, STORE_USER } from '../../local/tiers/object-store/object-store-access.ts';
import { webdavConf } from '../../local/tiers/object-store/webdav-conf.ts';
import type { Part } from '../compose-file.ts';
import { CONFINED, DESCRIPTORS_MAX, PORTS } from '../container.ts';
import { instancesOf } from '../relations.ts';
import { CDN_PORT, reference, SECRETS } from '../variables.ts';
import { answers, confFile, instances, nginx, published, SCRATCH, UNPRIVILEGED } from './nginx.ts';

const OBJECTS = '/var/lib/objects';
/** Who may write, made from the environment when the container starts. */
const PASSWORDS = `${SCRATCH}/passwords`;

/** Edges of a CDN. What they keep is in memory and goes with them; only the first can be reached from outside. */
export function edge(tier: Tier, topology: Topology): Part {
  const size_mb = cacheMb(tier) + 64;
  const service = {
    ...nginx(tier, 'cdn', size_mb + 192),
    ...CONFINED,
    tmpfs: [`${SCRATCH}:mode=1777,size=${size_mb}m`],
    user: UNPRIVILEGED,
    networks: ['front', 'back'],
    healthcheck: answers('/health'),
  };
  return {
    services: instances(tier, (index) => ({ ...service, ...(index === 0 && { ports: [published(CDN_PORT)] }) })),
    files: { [confFile(tier)]: conf(tier, topology) },
  };
}

function conf(tier: Tier, { tiers }: Topology): string {
  const origin = tiers.find(({ id }) => id === tier.calls[0]);
  if (origin?.kind !== 'object-store' && origin?.kind !== 'nginx') {
    throw new StackError(`tier \`${tier.id}\` calls no object store and no nginx first`, 'a CDN needs an origin');
  }
  const origin_hosts = instancesOf(origin);
  return edgeConf(tier, {
    folder: SCRATCH,
    port: PORTS.nginx,
    listen: '0.0.0.0',
    status_port: PORTS.nginx_status,
    origin: origin.kind,
    origin_hosts,
    origin_ports: origin_hosts.map(() => PORTS.nginx),
    descriptors_max: DESCRIPTORS_MAX,
  });
}

/** An object store: nginx that takes objects by PUT. It starts as root to make the folder its workers'. */
export function origin(tier: Tier): Part {
  const bucket = `${OBJECTS}/${BUCKET}`;
  const prepare = [
    `mkdir -p ${bucket}`,
    `printf ok > ${bucket}/${HEALTH_KEY}`,
    `chown nginx: ${OBJECTS} ${bucket} ${bucket}/${HEALTH_KEY}`,
    `printf '${STORE_USER}:{PLAIN}%s\\n' "$$OBJECT_STORE_SECRET" > ${PASSWORDS}`,
  ];
  const base = nginx(tier, STORE_ROLES.webdav, 256);
  const service = {
    ...base,
    command: ['sh', '-c', `${prepare.join(' && ')} && exec nginx`],
    environment: { OBJECT_STORE_SECRET: reference(SECRETS.object_store) },
    tmpfs: CONFINED.tmpfs,
    volumes: [...base.volumes, `${tier.id}-data:${OBJECTS}`],
    networks: ['back'],
    healthcheck: answers(`/${BUCKET}/${HEALTH_KEY}`),
  };
  const text = webdavConf({
    folder: SCRATCH,
    root: OBJECTS,
    port: PORTS.nginx,
    listen: '0.0.0.0',
    passwords: PASSWORDS,
    descriptors_max: DESCRIPTORS_MAX,
  });
  return { services: instances(tier, () => service), files: { [confFile(tier)]: text }, volumes: [`${tier.id}-data`] };
}
