import { nonNegative, whole } from '../argument/argument.ts';

/**
 * Erlang's loss formula: the probability that a request finds all c servers busy and is turned away, when there is no
 * queue. Offered load in erlangs (λ S). Any distribution of service times. Throws a `RangeError` on a negative load and
 * fewer than one server.
 *
 *     B(0) = 1,  B(k) = a B(k-1) / (k + a B(k-1))
 *
 * The recurrence has neither factorials nor powers, adds positive numbers only, and takes c steps.
 *
 * Literature: L. Kleinrock, Queueing Systems, vol. 1, 1975, ch. 3; for the recurrence R. B. Cooper, Introduction to
 * Queueing Theory, 2nd ed. 1981, ch. 3.
 */
export function erlangB(offeredLoad: number, servers: number): number {
  nonNegative('offeredLoad', offeredLoad);
  whole('servers', servers, 1);
  let blocking = 1;
  for (let k = 1; k <= servers; k++) blocking = withOneMore(blocking, offeredLoad, k);
  return blocking;
}

/** One step of the recurrence: blocking with k servers from that with k - 1. */
export function withOneMore(blocking: number, offeredLoad: number, k: number): number {
  const turnedAway = offeredLoad * blocking;
  return turnedAway / (k + turnedAway);
}
