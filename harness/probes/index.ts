import type { Probe } from '../instruments.ts';
import { broker } from './broker.ts';
import { cdn } from './cdn.ts';
import { databaseReads } from './database-reads.ts';
import { databaseWrites } from './database-writes.ts';
import { deployment } from './deployment.ts';
import { effectsDelay } from './effects-delay.ts';
import { oversell } from './oversell.ts';
import { rateLimits } from './rate-limits.ts';
import { replicaLag } from './replica-lag.ts';
import { stampede } from './stampede.ts';
import { thirdPartyLimits } from './third-party-limits.ts';

const ALL: readonly Probe[] = [
  // One a line, so that two additions at the same time do not meet.
  broker,
  cdn,
  databaseReads,
  databaseWrites,
  deployment,
  effectsDelay,
  oversell,
  rateLimits,
  replicaLag,
  stampede,
  thirdPartyLimits,
];

/** All probes by name. */
export const PROBES: ReadonlyMap<string, Probe> = new Map(ALL.map((each) => [each.name, each]));
