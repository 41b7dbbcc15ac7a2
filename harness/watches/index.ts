import type { Watch } from '../instruments.ts';
import { cacheFailover } from './cache-failover.ts';
import { failover } from './failover.ts';
import { replication } from './replication.ts';

/** All watches by name. */
export const WATCHES: ReadonlyMap<string, Watch> = new Map<string, Watch>(
  [cacheFailover, failover, replication].map((each) => [each.name, each]),
);
