import type { TierKind } from '../../../model/topology/topology.ts';
import { cdn } from './cdn/cdn.ts';
import { external } from './external.ts';
import { express } from './express.ts';
import { nginx } from './nginx.ts';
import { objectStore } from './object-store/object-store.ts';
import { postgres } from './postgres.ts';
import { rabbitmq } from './rabbitmq.ts';
import { redis } from './redis.ts';
import type { TierDriver } from './tier-driver.ts';
import { worker } from './worker.ts';

const DRIVERS: Readonly<Record<TierKind, TierDriver>> = {
  nginx,
  express,
  worker,
  external,
  postgres,
  redis,
  rabbitmq,
  cdn,
  'object-store': objectStore,
};

export function driverOf(kind: TierKind): TierDriver {
  return DRIVERS[kind];
}
