import { readFile } from 'node:fs/promises';

/** The whole shop in one process, or one of the services of step 6. */
export const SERVICES = ['shop', 'product', 'order', 'payment', 'user', 'inventory', 'recommendation'] as const;
export type ServiceName = (typeof SERVICES)[number];

/** Which parts of the schema a service has, in the order in which they build on each other. */
const PARTS: Readonly<Record<ServiceName, readonly string[]>> = {
  shop: [
    'users',
    'audit',
    'products',
    'images',
    'carts',
    'payments',
    'orders',
    'effects',
    'retention',
    'addresses',
    'picks',
    'monolith',
  ],
  product: ['audit', 'products', 'images'],
  order: ['audit', 'carts', 'payments', 'orders', 'effects', 'retention', 'addresses', 'order-service'],
  payment: ['payments', 'payment-service'],
  user: ['users', 'audit'],
  inventory: ['audit', 'picks', 'inventory-service'],
  recommendation: ['recommendation-service'],
};

/** The schema of a service as one SQL text. Idempotent: running it again changes nothing. */
export async function schemaOf(service: ServiceName): Promise<string> {
  const parts = [...PARTS[service], 'seed-info'].map((part) =>
    readFile(new URL(`./${part}.sql`, import.meta.url), 'utf8'),
  );
  return (await Promise.all(parts)).join('\n');
}
