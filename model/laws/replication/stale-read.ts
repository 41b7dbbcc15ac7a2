import { share, whole } from '../argument/argument.ts';
import { ln } from '../../random/portable-math.ts';
import { behindProbability } from './lag.ts';
import type { Lag } from './lag.ts';

/** Where a read may go: to each of these with the same probability. */
export interface ReadRouting {
  readonly replicas: number;
  /** Whether the primary, which is never stale, takes its part of the reads. */
  readonly primaryReads: boolean;
}

/**
 * Probability that a read misses a write committed `since_s` before: r / (r + 1) × P(lag > t) when the primary reads
 * too, else P(lag > t), however many replicas there are, because each is as likely to be behind.
 */
export function staleReadProbability(lag: Lag, since_s: number, routing: ReadRouting): number {
  return replicaShare(routing) * behindProbability(lag, since_s);
}

/**
 * Probability that at least one of several replicas does not show a write yet: 1 - (1 - P(lag > t))^r, lags
 * independent.
 */
export function anyReplicaBehindProbability(lag: Lag, since_s: number, replicas: number): number {
  const behind = behindProbability(lag, since_s);
  let allShow = 1;
  for (let i = 0; i < whole('replicas', replicas, 0); i++) allShow *= 1 - behind;
  return 1 - allShow;
}

/**
 * Least time after a write from which on a read is stale with at most `probability`: for exponential lag
 * mean × ln(share of reads on replicas / probability), for a fixed one the lag; 0 when it holds at once.
 * RangeError for a probability of 0, which exponential lag never reaches.
 */
export function timeToFresh_s(lag: Lag, probability: number, routing: ReadRouting): number {
  if (share('probability', probability) === 0) throw new RangeError('probability is above 0');
  const atOnce = staleReadProbability(lag, 0, routing);
  if (atOnce <= probability) return 0;
  return lag.distribution === 'fixed' ? lag.lag_s : lag.mean_s * ln(atOnce / probability);
}

function replicaShare({ replicas, primaryReads }: ReadRouting): number {
  whole('replicas', replicas, primaryReads ? 0 : 1);
  return replicas / (replicas + (primaryReads ? 1 : 0));
}
