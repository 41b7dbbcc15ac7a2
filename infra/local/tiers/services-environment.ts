import type { Tier } from '../../../model/topology/topology.ts';
import { portsTo } from '../links/ports-to.ts';
import { serviceOf } from '../services.ts';
import { portOf } from '../site.ts';
import type { Site } from '../site.ts';

/**
 * What a tier is told of services: which one it is, where all instances of those are that it calls, and what they sign in
 * with at each other. Nothing in a stack without services.
 */
export function servicesEnvironment(tier: Tier, site: Site): Record<string, string> {
  const { secrets, topology, application } = site;
  const own = serviceOf(tier, application.services);
  const present = topology.tiers.flatMap((each) => {
    const service = serviceOf(each, application.services);
    return service === undefined ? [] : [{ service, tier: each }];
  });
  if (present.length === 0) return {};
  const called = present.filter((each) => tier.calls.includes(each.tier.id));
  return {
    ...(own === undefined ? {} : { SERVICE: own }),
    SERVICE_SECRET: secrets.service,
    ...Object.fromEntries(
      called.map((each) => [`${each.service.toUpperCase()}_SERVICE_URL`, urlsOf(tier, each.tier, site)]),
    ),
  };
}

function urlsOf(from: Tier, { id, instances }: Tier, site: Site): string {
  const ports = Array.from({ length: instances }, (_, index) => portOf(site, id, index + 1));
  return portsTo(from.id, id, ports, site)
    .map((port) => `http://127.0.0.1:${port}`)
    .join(',');
}
