import { whole } from '../argument/argument.ts';
import { offeredLoad } from './offered-load.ts';
import type { Station } from './queue-means.ts';

export interface MmckStation extends Station {
  /** K: places for requests, waiting and in service together; at least as many as servers. */
  readonly capacity: number;
}

/** Long-run means of a station that turns requests away; the times are those of the requests that it takes. */
export interface MmckMeans {
  /** Share of time that a server is busy, below 1 at any load. */
  readonly utilisation: number;
  /** p0: share of time without any request. */
  readonly emptyProbability: number;
  /** pK: share of requests that are turned away. */
  readonly blockingProbability: number;
  /** X = λ (1 - pK): requests that are taken, and so served. */
  readonly throughput_per_s: number;
  readonly wait_s: number;
  readonly response_s: number;
  readonly queueLength: number;
  readonly numberInSystem: number;
}

/**
 * M/M/c/K: M/M/c with room for K requests, which turns away who finds it full. Stable and finite at any load, also ρ >=
 * 1. Arrivals per second, service time in seconds. Throws a `RangeError` on negative numbers, fewer than one server and
 * less room than servers. Takes K steps.
 *
 * Grown place by place like Erlang's loss formula, which it is for K = c: with a k-th place, of departure rate
 * min(k, c) / S, a share B(k) = f / (1 + f), f = a B(k-1) / min(k, c), of the time is spent there, and the rest as
 * before.
 *
 * Literature: D. Gross, C. M. Harris, Fundamentals of Queueing Theory, 3rd ed. 1998, ch. 2.
 */
export function mmck(station: MmckStation): MmckMeans {
  const { arrivals_per_s, service_s, servers, capacity } = station;
  whole('servers', servers, 1);
  whole('capacity', capacity, 1);
  if (capacity < servers)
    throw new RangeError(`capacity is at least the number of servers, ${servers}, not ${capacity}`);
  const load = offeredLoad(arrivals_per_s, service_s);
  let full = 1;
  let notFull = 0;
  let empty = 1;
  let inSystem = 0;
  let waiting = 0;
  for (let k = 1; k <= capacity; k++) {
    const flow = (load * full) / Math.min(k, servers);
    notFull = 1 / (1 + flow);
    full = flow / (1 + flow);
    empty *= notFull;
    inSystem = inSystem * notFull + k * full;
    waiting = waiting * notFull + Math.max(0, k - servers) * full;
  }
  const throughput_per_s = arrivals_per_s * notFull;
  const wait_s = throughput_per_s > 0 ? waiting / throughput_per_s : 0;
  return {
    utilisation: (throughput_per_s * service_s) / servers,
    emptyProbability: empty,
    blockingProbability: full,
    throughput_per_s,
    wait_s,
    response_s: wait_s + service_s,
    queueLength: waiting,
    numberInSystem: inSystem,
  };
}
