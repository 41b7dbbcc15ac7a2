import { whole } from '../argument/argument.ts';

/** Copies in all, and how many of them have to confirm a write and to answer a read. */
export interface Quorum {
  readonly copies: number;
  readonly write: number;
  readonly read: number;
}

/**
 * Whether every read meets a copy that has the last confirmed write: R + W > N.
 * Literature: D. K. Gifford, Weighted Voting for Replicated Data, SOSP 1979.
 */
export function quorumOverlaps(quorum: Quorum): boolean {
  requireQuorum(quorum);
  return quorum.read + quorum.write > quorum.copies;
}

/**
 * Probability that a read meets none of the copies that confirmed the last write, before it has spread any further,
 * when both are picked at random: C(N - W, R) / C(N, R); 0 when the quorums overlap.
 * Literature: P. Bailis et al., Probabilistically Bounded Staleness for Practical Partial Quorums, PVLDB 5 (2012)
 * 776-787.
 */
export function quorumMissProbability(quorum: Quorum): number {
  requireQuorum(quorum);
  const { copies, write, read } = quorum;
  let probability = 1;
  for (let i = 0; i < read; i++) probability *= Math.max(0, copies - write - i) / (copies - i);
  return probability;
}

function requireQuorum({ copies, write, read }: Quorum): void {
  whole('copies', copies, 1);
  if (whole('write', write, 1) > copies) throw new RangeError(`${copies} copies cannot confirm ${write} times`);
  if (whole('read', read, 1) > copies) throw new RangeError(`${copies} copies cannot answer ${read} times`);
}
