import { z } from 'zod';
import { query } from '../../probes.ts';

/** What one PostgreSQL of a replicated database says of itself. */
export type NodeState = z.infer<typeof stateShape>;

const stateShape = z.object({
  replica: z.boolean(),
  /** Replicas that follow this node, and those that its commits wait for. */
  streaming: z.number(),
  synchronous: z.number(),
  /** How far a replica is behind; null while it receives nothing. */
  lag_bytes: z.number().nullable(),
});

/**
 * A replica's lag is what its primary has told it to have, less what it shows to readers. A primary at rest tells that with
 * its first sign of life, seconds after a replica has come.
 */
const STATE = `select pg_is_in_recovery() as replica,
  (select count(*)::int from pg_stat_replication where state = 'streaming') as streaming,
  (select count(*)::int from pg_stat_replication where sync_state in ('sync', 'quorum')) as synchronous,
  (select pg_wal_lsn_diff(coalesce(latest_end_lsn, flushed_lsn), pg_last_wal_replay_lsn())::float8
   from pg_stat_wal_receiver where status = 'streaming') as lag_bytes`;

/** Rejects when the node does not answer a superuser at this URL. */
export async function nodeState(url: string): Promise<NodeState> {
  const [state] = await query(url, STATE);
  return stateShape.parse(state);
}
