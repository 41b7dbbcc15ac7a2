import type { Probe } from '../instruments.ts';
import { broker } from './broker.ts';
import { cdn } from './cdn.ts';
import { connections } from './connections.ts';
import { databaseReads } from './database-reads.ts';
import { databaseWrites } from './database-writes.ts';
import { deployment } from './deployment.ts';
import { effectsDelay } from './effects-delay.ts';
import { oversell } from './oversell.ts';
import { rateLimits } from './rate-limits.ts';
import { readAfterWrite } from './read-after-write.ts';
import { redisThroughput } from './redis-throughput.ts';
import { replicaLag } from './replica-lag.ts';
import { shardAdded } from './shard-added.ts';
import { stampede } from './stampede.ts';
import { thirdPartyLimits } from './third-party-limits.ts';

const ALL: readonly Probe[] = [
  // One a line, so that two additions at the same time do not meet.
  broker,
  cdn,
  connections,
  databaseReads,
  databaseWrites,
  deployment,
  effectsDelay,
  oversell,
  rateLimits,
  readAfterWrite,
  redisThroughput,
  replicaLag,
  shardAdded,
  stampede,
  thirdPartyLimits,
];

/** All probes by name. */
export const PROBES: ReadonlyMap<string, Probe> = new Map(ALL.map((each) => [each.name, each]));
