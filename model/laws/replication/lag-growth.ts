import { nonNegative } from '../argument/argument.ts';

/**
 * Seconds by which the lag grows each second while a replica replays fewer writes than the primary commits: 1 - replay
 * rate / write rate, from 0 (keeps up) to 1 (replays nothing). The lag is the age of the last replayed write, as
 * PostgreSQL's now() - pg_last_xact_replay_timestamp() tells it: after T seconds the replica has got as far as the
 * primary was at T × replay / write.
 */
export function lagGrowth(writes_per_s: number, replay_per_s: number): number {
  nonNegative('writes_per_s', writes_per_s);
  nonNegative('replay_per_s', replay_per_s);
  return replay_per_s >= writes_per_s ? 0 : 1 - replay_per_s / writes_per_s;
}
