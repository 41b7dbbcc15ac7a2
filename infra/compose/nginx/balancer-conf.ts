import type { Tier, Topology } from '../../../model/topology/topology.ts';
import { StackError } from '../../backend.ts';
import { oneOf } from '../../local/settings.ts';
import { PORTS } from '../container.ts';
import { instancesOf, serviceOf } from '../relations.ts';
import { routesOf } from '../service-routes.ts';
import { nginxFrame, proxySettings, upstream } from './frame.ts';

const BALANCE = { 'round-robin': '', 'least-conn': '    least_conn;\n' } as const;

/**
 * nginx.conf of a load balancer, which shares requests out among the instances that its tier calls; or of a gateway, when those
 * are services: then the path decides, and what no service answers to the public is 404. Throws a `StackError` for a tier that
 * calls no application.
 */
export function balancerConf(tier: Tier, topology: Topology): string {
  const called = topology.tiers.filter(({ id, kind }) => kind === 'express' && tier.calls.includes(id));
  if (called.length === 0) {
    throw new StackError(`tier \`${tier.id}\` calls no express tier`, 'a load balancer needs something to balance');
  }
  const services = called.filter((other) => serviceOf(other) !== undefined);
  const balance = BALANCE[oneOf(tier, 'balance', 'round-robin', ['round-robin', 'least-conn'])];
  const groups = services.length === 0 ? [upstream('application', addressesOf(called), tier, balance)] : [];
  groups.push(...services.map((service) => upstream(service.id, addressesOf([service]), tier, balance)));
  const locations = services.length === 0 ? balanced() : routed(services);
  return nginxFrame(
    tier,
    `${groups.join('\n')}
  server {
    listen ${PORTS.nginx} backlog=4096;
${proxySettings(tier)}${locations}  }
`,
  );
}

/** Counters of single instances are read from the instances themselves. */
function balanced(): string {
  return `    location = /metrics { return 404; }
    location /internal { return 404; }
    location / { proxy_pass http://application; }
`;
}

/** The gateway is well when the first service is; the others answer for themselves to Compose. */
function routed(services: readonly Tier[]): string {
  const byName = new Map(services.map((tier) => [serviceOf(tier) ?? '', tier.id]));
  const routes = routesOf([...byName.keys()]).map(
    ({ pattern, service }) => `    location ~ "${pattern}" { proxy_pass http://${byName.get(service)}; }\n`,
  );
  return `${routes.join('')}    location ~ "^(/api/v1)?/(health|ready)$" { proxy_pass http://${services[0]?.id}; }
    location / { return 404; }
`;
}

function addressesOf(tiers: readonly Tier[]): string[] {
  return tiers.flatMap(instancesOf).map((host) => `${host}:${PORTS.application}`);
}
