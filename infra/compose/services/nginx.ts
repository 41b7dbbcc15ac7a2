import type { Tier, Topology } from '../../../model/topology/topology.ts';
import { StackError } from '../../backend.ts';
import { gatewayOf } from '../../local/tiers/gateway.ts';
import { serviceOf } from '../../local/services.ts';
import type { Services } from '../../local/services.ts';
import { nginxConf } from '../../local/tiers/nginx-conf.ts';
import { upstreamConf, upstreamFile } from '../../local/tiers/upstreams.ts';
import type { ComposeService, Healthcheck, Part } from '../compose-file.ts';
import { asks, CONFINED, DESCRIPTORS_MAX, PORTS, server } from '../container.ts';
import { IMAGES } from '../images.ts';
import { instancesOf } from '../relations.ts';
import { ENTRY_PORT, reference } from '../variables.ts';

/** A user of the image: nginx needs no right of root above port 1024. */
export const UNPRIVILEGED = '101:101';
/** Where nginx keeps what it writes; the rest of its file system is read-only. */
export const SCRATCH = '/tmp';

/** Load balancers and gateways; only the first instance of the entry can be reached from outside. */
export function balancer(tier: Tier, topology: Topology, services: Services | undefined): Part {
  const called = topology.tiers.filter(({ id, kind }) => kind === 'express' && tier.calls.includes(id));
  if (called.length === 0) {
    throw new StackError(`tier \`${tier.id}\` calls no express tier`, 'a load balancer needs something to balance');
  }
  const base = nginx(tier, 'nginx', 256);
  const service = {
    ...base,
    ...CONFINED,
    user: UNPRIVILEGED,
    volumes: [...base.volumes, `./config/${tier.id}/upstreams:/etc/nginx/upstreams:ro`],
    networks: ['front'],
    healthcheck: answers('/health'),
  };
  return {
    services: instances(tier, (index) => ({
      ...service,
      ...(tier.id === topology.entry && index === 0 && { ports: [published(ENTRY_PORT)] }),
    })),
    files: { ...upstreamFiles(tier, called), [confFile(tier)]: balancerConf(tier, called, services) },
  };
}

/** Either one group of instances takes everything, or the path decides among services. */
function balancerConf(tier: Tier, called: readonly Tier[], services: Services | undefined): string {
  const byService = called.flatMap((each): [string, string][] => {
    const service = serviceOf(each, services);
    return service === undefined ? [] : [[service, each.id]];
  });
  const gateway = services && byService.length > 0 ? gatewayOf(services, new Map(byService)) : undefined;
  return nginxConf(tier, {
    folder: SCRATCH,
    port: PORTS.nginx,
    listen: '0.0.0.0',
    status_port: PORTS.nginx_status,
    upstreams: gateway ? byService.map(([, id]) => id) : ['application'],
    ...(gateway && { gateway }),
    descriptors_max: DESCRIPTORS_MAX,
  });
}

/** One a service, or one for all instances of the application. */
function upstreamFiles(tier: Tier, called: readonly Tier[]): Record<string, string> {
  const groups = called.some(({ id }) => id.endsWith('-service'))
    ? called.map((each) => [each.id, instancesOf(each)] as const)
    : [['application', called.flatMap(instancesOf)] as const];
  const files = groups.map(([name, hosts]) => {
    // Nothing is deployed beside what runs.
    const ports = { blue: hosts.map(() => PORTS.application), green: [] };
    return [`config/${tier.id}/${upstreamFile(name)}`, upstreamConf(tier, { tier: name, ports, hosts })];
  });
  return Object.fromEntries(files);
}

/** What all containers of nginx have in common; the configuration keeps it in the foreground. */
export function nginx(tier: Tier, role: string, memory_mb: number) {
  return {
    image: IMAGES.nginx,
    ...server({ tier, role, memory_mb }),
    command: ['nginx'],
    volumes: [`./${confFile(tier)}:/etc/nginx/nginx.conf:ro`],
  } as const;
}

export function confFile({ id }: Tier): string {
  return `config/${id}/nginx.conf`;
}

export function instances(tier: Tier, service: (index: number) => ComposeService): Record<string, ComposeService> {
  return Object.fromEntries(instancesOf(tier).map((id, index) => [id, service(index)]));
}

export function answers(path: string): Healthcheck {
  return asks('curl', '-fsS', '-o', '/dev/null', `http://127.0.0.1:${PORTS.nginx}${path}`);
}

export function published(port: string): string {
  return `127.0.0.1:${reference(port)}:${PORTS.nginx}`;
}
