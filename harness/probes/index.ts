import type { Probe } from '../instruments.ts';
import { connections } from './connections.ts';
import { databaseReads } from './database-reads.ts';
import { databaseWrites } from './database-writes.ts';
import { readAfterWrite } from './read-after-write.ts';
import { redisThroughput } from './redis-throughput.ts';
import { replicaLag } from './replica-lag.ts';
import { shardAdded } from './shard-added.ts';
import { stampede } from './stampede.ts';

const ALL: readonly Probe[] = [
  // One a line, so that two additions at the same time do not meet.
  connections,
  databaseReads,
  databaseWrites,
  readAfterWrite,
  redisThroughput,
  replicaLag,
  shardAdded,
  stampede,
];

/** All probes by name. */
export const PROBES: ReadonlyMap<string, Probe> = new Map(ALL.map((each) => [each.name, each]));
