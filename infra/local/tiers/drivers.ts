import type { TierKind } from '../../../model/topology/topology.ts';
import { StackError } from '../../backend.ts';
import { external } from './external.ts';
import { express } from './express.ts';
import { nginx } from './nginx.ts';
import { postgres } from './postgres.ts';
import { rabbitmq } from './rabbitmq.ts';
import { redis } from './redis.ts';
import type { TierDriver } from './tier-driver.ts';
import { worker } from './worker.ts';

const DRIVERS: Readonly<Partial<Record<TierKind, TierDriver>>> = {
  nginx,
  express,
  worker,
  external,
  postgres,
  redis,
  rabbitmq,
};

/** Throws a `StackError` for a kind of tier that this machine's stacks cannot hold yet. */
export function driverOf(kind: TierKind): TierDriver {
  const driver = DRIVERS[kind];
  if (driver) return driver;
  throw new StackError(
    `tiers of kind \`${kind}\` cannot be started yet`,
    `a step whose tiers are all of ${Object.keys(DRIVERS).join(', ')} can`,
  );
}
