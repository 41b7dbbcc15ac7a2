import { erlangB } from './erlang-b.ts';

/**
 * Erlang's delay formula: the probability that a request finds all c servers busy and has to wait in M/M/c. Offered
 * load in erlangs (λ S). 1 when ρ = a / c >= 1: then everybody waits. Throws a `RangeError` on a negative load and
 * fewer than one server.
 *
 *     C = B / (1 - ρ (1 - B)), with B of Erlang's loss formula
 *
 * Literature: L. Kleinrock, Queueing Systems, vol. 1, 1975, ch. 3; R. B. Cooper, Introduction to Queueing Theory,
 * 2nd ed. 1981, ch. 3.
 */
export function erlangC(offeredLoad: number, servers: number): number {
  return waitProbability(erlangB(offeredLoad, servers), offeredLoad, servers);
}

/** Erlang C of a load and a number of servers whose Erlang B is already known. */
export function waitProbability(blocking: number, offeredLoad: number, servers: number): number {
  if (offeredLoad >= servers) return 1;
  // Written with the idle share first, since 1 - ρ (1 - B) loses digits near ρ = 1.
  const idle = (servers - offeredLoad) / servers;
  return Math.min(1, blocking / (idle + (1 - idle) * blocking));
}
