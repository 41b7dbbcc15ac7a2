import type { TierKind } from '../../../model/topology/topology.ts';
import { express } from './express.ts';
import { nginx } from './nginx.ts';
import { postgres } from './postgres.ts';
import { redis } from './redis.ts';
import type { TierDriver } from './tier-driver.ts';

export const DRIVERS: Readonly<Record<TierKind, TierDriver>> = { nginx, express, postgres, redis };
