/** Paths below `/api/v1` by the service that answers them; `ID` stands for any one part of a path. */
export const SERVICE_ROUTES: Readonly<Record<string, readonly string[]>> = {
  product: ['/products', '/search', '/openapi.json'],
  inventory: ['/inventory', '/products/ID/inventory'],
  recommendation: ['/recommendations', '/products/ID/recommendations'],
  order: ['/cart', '/orders', '/notifications', '/addresses', '/admin/orders', '/admin/dead-letters'],
  payment: ['/webhooks'],
  user: ['/auth', '/users', '/admin/users', '/admin/audit'],
};

/** A pattern of paths, and the service that answers those that match. */
export interface ServiceRoute {
  readonly pattern: string;
  readonly service: string;
}

/** Regular expressions for the routes of some services, the more special first: the first that matches is right. */
export function routesOf(services: readonly string[]): ServiceRoute[] {
  return services
    .flatMap((service) => (SERVICE_ROUTES[service] ?? []).map((path) => ({ service, path })))
    .toSorted((a, b) => b.path.split('/').length - a.path.split('/').length)
    .map(({ service, path }) => ({ service, pattern: `^/api/v1${toPattern(path)}(/|$)` }));
}

function toPattern(path: string): string {
  return path.replaceAll('.', '\\.').replaceAll('ID', '[^/]+');
}
