import type { Tier } from '../../model/topology/topology.ts';
import { StackError } from '../backend.ts';

/** The services into which an application can be divided, and which of them answers what. */
export interface Services {
  /** Before every path. */
  readonly prefix: string;
  /**
   * Paths by service, each with all that is below it; `ID` stands for any one segment. Where several fit, the longest
   * decides.
   */
  readonly paths: Readonly<Record<string, readonly string[]>>;
  /** A segment of paths by which services speak to each other, and nobody else does. */
  readonly internal: string;
}

/** The shop's. Every process of it answers `/health`, `/ready` and `/metrics` besides. */
export const SHOP_SERVICES: Services = {
  prefix: '/api/v1',
  paths: {
    product: ['/products', '/search', '/openapi.json'],
    inventory: ['/inventory', '/products/ID/inventory'],
    recommendation: ['/recommendations', '/products/ID/recommendations'],
    order: ['/cart', '/orders', '/notifications', '/addresses', '/admin/orders', '/admin/dead-letters'],
    payment: ['/webhooks'],
    user: ['/auth', '/users', '/admin/users', '/admin/audit'],
  },
  internal: 'internal',
};

const SUFFIX = '-service';

/** Whether a tier runs one service of an application, and not all of it. */
export function isService({ id, kind }: Tier): boolean {
  return kind === 'express' && id.endsWith(SUFFIX);
}

/**
 * The service that a tier runs, X of `X-service`; undefined when it runs the whole application. Throws a `StackError` for a
 * service that the application does not have.
 */
export function serviceOf(tier: Tier, services: Services | undefined): string | undefined {
  if (services === undefined || !isService(tier)) return undefined;
  const service = tier.id.slice(0, -SUFFIX.length);
  if (Object.hasOwn(services.paths, service)) return service;
  throw new StackError(
    `tier \`${tier.id}\` would run a service that the application does not have`,
    `its services are ${Object.keys(services.paths).join(', ')}; a tier of another name runs the whole application`,
  );
}
