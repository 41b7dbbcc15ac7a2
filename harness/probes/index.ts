import type { Probe } from '../instruments.ts';
import { databaseReads } from './database-reads.ts';
import { databaseWrites } from './database-writes.ts';
import { replicaLag } from './replica-lag.ts';

const ALL: readonly Probe[] = [databaseReads, databaseWrites, replicaLag];

/** All probes by name. */
export const PROBES: ReadonlyMap<string, Probe> = new Map(ALL.map((each) => [each.name, each]));
