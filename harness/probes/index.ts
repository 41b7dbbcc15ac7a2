import type { Probe } from '../instruments.ts';
import { databaseReads } from './database-reads.ts';
import { databaseWrites } from './database-writes.ts';
import { replicaLag } from './replica-lag.ts';
import { stampede } from './stampede.ts';

const ALL: readonly Probe[] = [
  // One a line, so that two additions at the same time do not meet.
  databaseReads,
  databaseWrites,
  replicaLag,
  stampede,
];

/** All probes by name. */
export const PROBES: ReadonlyMap<string, Probe> = new Map(ALL.map((each) => [each.name, each]));
