import { expect, test } from 'vitest';
import { routesOf, SERVICE_ROUTES } from './service-routes.ts';

const routes = routesOf(Object.keys(SERVICE_ROUTES));
const serviceFor = (path: string): string | undefined =>
  routes.find(({ pattern }) => new RegExp(pattern).test(path))?.service;

test.each([
  ['/api/v1/products', 'product'],
  ['/api/v1/products/1', 'product'],
  ['/api/v1/products/1/reviews', 'product'],
  ['/api/v1/products/1/inventory', 'inventory'],
  ['/api/v1/products/1/recommendations', 'recommendation'],
  ['/api/v1/search', 'product'],
  ['/api/v1/openapi.json', 'product'],
  ['/api/v1/inventory/7/pick', 'inventory'],
  ['/api/v1/recommendations', 'recommendation'],
  ['/api/v1/cart/items/3', 'order'],
  ['/api/v1/orders/3/track', 'order'],
  ['/api/v1/admin/orders/3', 'order'],
  ['/api/v1/admin/dead-letters', 'order'],
  ['/api/v1/webhooks/payment', 'payment'],
  ['/api/v1/auth/login', 'user'],
  ['/api/v1/admin/users/3/role', 'user'],
  ['/api/v1/admin/audit', 'user'],
])('%s is answered by %s', (path, service) => {
  expect(serviceFor(path)).toBe(service);
});

test.each([
  '/internal/stock',
  '/api/v1/internal/stock',
  '/api/v1/productsx',
  '/api/v1/openapixjson',
  '/api/v1/admin',
  '/',
])('%s is answered by nobody', (path) => {
  expect(serviceFor(path)).toBeUndefined();
});
