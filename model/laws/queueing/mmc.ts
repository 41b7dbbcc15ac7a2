import { ln } from '../../random/portable-math.ts';
import { percentile } from '../argument/argument.ts';
import { erlangC } from './erlang-c.ts';
import { offeredLoad } from './offered-load.ts';
import { queueMeans, type QueueMeans, type Station } from './queue-means.ts';

export interface MmcMeans extends QueueMeans {
  /** Erlang C: share of requests that have to wait; 1 when ρ >= 1. */
  readonly waitProbability: number;
}

/**
 * M/M/c: Poisson arrivals, exponential service, c servers behind one queue. Wq = C S / (c - a) with offered load a = λ
 * S and C of Erlang's delay formula. Arrivals per second, service time in seconds. Waits and lengths are Infinity when
 * ρ >= 1. Throws a `RangeError` on negative numbers and fewer than one server.
 *
 * Literature: L. Kleinrock, Queueing Systems, vol. 1, 1975, ch. 3; D. Gross, C. M. Harris, Fundamentals of Queueing
 * Theory, 3rd ed. 1998, ch. 2.
 */
export function mmc(arrivals_per_s: number, service_s: number, servers: number): MmcMeans {
  const waitProbability = erlangC(offeredLoad(arrivals_per_s, service_s), servers);
  const means = queueMeans(
    { arrivals_per_s, service_s, servers },
    (load) => waitProbability * (service_s / (servers - load)),
  );
  return { ...means, waitProbability };
}

/**
 * The wait in seconds that a share p of the requests stays within (0.95 for p95, from 0 to below 1), first come first
 * served: P(W > t) = C exp(-(c - a) t / S), so it is S ln(C / (1 - p)) / (c - a), or 0 where fewer have to wait at all.
 * Infinity when ρ >= 1. Throws a `RangeError` on negative numbers, fewer than one server, and when p is not a
 * percentile.
 *
 * Literature: D. Gross, C. M. Harris, Fundamentals of Queueing Theory, 3rd ed. 1998, ch. 2.
 */
export function mmcWaitPercentile(station: Station, p: number): number {
  percentile(p);
  const { arrivals_per_s, service_s, servers } = station;
  const load = offeredLoad(arrivals_per_s, service_s);
  const waitProbability = erlangC(load, servers);
  if (load >= servers) return Infinity;
  if (waitProbability <= 1 - p) return 0;
  return ln(waitProbability / (1 - p)) * (service_s / (servers - load));
}
