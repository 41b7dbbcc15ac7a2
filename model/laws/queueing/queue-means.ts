import { whole } from '../argument/argument.ts';
import { offeredLoad } from './offered-load.ts';

/** A station of equal servers behind one queue, and what arrives there. Time is in seconds. */
export interface Station {
  readonly arrivals_per_s: number;
  /** Mean service time of one request on one server. */
  readonly service_s: number;
  readonly servers: number;
}

/** Long-run means of a station at which nothing is turned away. */
export interface QueueMeans {
  /** Traffic intensity ρ = λ S / c; 1 or more when the servers cannot keep up. */
  readonly utilisation: number;
  /** Wq, in the queue, without service. Infinity when ρ >= 1. */
  readonly wait_s: number;
  /** R, wait and service. Infinity when ρ >= 1. */
  readonly response_s: number;
  /** Lq, requests that wait. Infinity when ρ >= 1. */
  readonly queueLength: number;
  /** L, requests that wait or are served. Infinity when ρ >= 1. */
  readonly numberInSystem: number;
}

/**
 * All means of a station from its mean wait when it is stable, which each law finds in its own way from the offered
 * load a < c: R = Wq + S, and by Little's law Lq = λ Wq and L = λ R. When ρ >= 1 the queue grows without bound,
 * `stableWait` is not asked, and every mean but the utilisation is Infinity. Throws a `RangeError` on negative numbers
 * and fewer than one server.
 */
export function queueMeans(station: Station, stableWait: (offeredLoad: number) => number): QueueMeans {
  const { arrivals_per_s, service_s, servers } = station;
  whole('servers', servers, 1);
  const load = offeredLoad(arrivals_per_s, service_s);
  const utilisation = load / servers;
  if (load >= servers) {
    return {
      utilisation,
      wait_s: Infinity,
      response_s: Infinity,
      queueLength: Infinity,
      numberInSystem: Infinity,
    };
  }
  const wait_s = stableWait(load);
  const queueLength = arrivals_per_s * wait_s;
  return { utilisation, wait_s, response_s: wait_s + service_s, queueLength, numberInSystem: queueLength + load };
}
