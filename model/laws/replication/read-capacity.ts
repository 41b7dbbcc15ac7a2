import { nonNegative, whole } from '../argument/argument.ts';

/** A primary and replicas that serve reads. */
export interface ReplicaSet {
  readonly replicas: number;
  /** Reads that one replica could serve if it had nothing to replay. */
  readonly capacity_per_s: number;
  /** What replaying one write costs, in reads. */
  readonly replayCost: number;
  /** Writes on the primary, each of which every replica replays. */
  readonly writes_per_s: number;
}

/**
 * Reads per second that all replicas serve together: replicas × (capacity - replay cost × writes), 0 when replaying
 * takes all they have. Replicas do not spread writes: each added one brings less than its capacity.
 * Literature: B. Schwartz et al., High Performance MySQL, 3rd ed. 2012, chapter 10, on why replication does not help to
 * scale writes.
 */
export function readCapacity_per_s({ replicas, capacity_per_s, replayCost, writes_per_s }: ReplicaSet): number {
  const replaying = nonNegative('replayCost', replayCost) * nonNegative('writes_per_s', writes_per_s);
  return whole('replicas', replicas, 0) * Math.max(0, nonNegative('capacity_per_s', capacity_per_s) - replaying);
}

/** How often a write is carried out in all: on the primary and on each replica, 1 + replicas. */
export function writeAmplification(replicas: number): number {
  return 1 + whole('replicas', replicas, 0);
}
