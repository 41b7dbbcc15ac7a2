import { checkClosedNetwork, demandsOf } from './closed-network.ts';
import type { ClosedNetwork } from './closed-network.ts';

export interface ClosedNetworkBounds {
  readonly throughput_per_s_min: number;
  readonly throughput_per_s_max: number;
  readonly response_s_min: number;
  readonly response_s_max: number;
}

export interface AsymptoticBounds extends ClosedNetworkBounds {
  /** N*: from here on some customers must wait for others. Infinity when no station has a queue. */
  readonly saturation_customers: number;
  /** Index of the station that limits the throughput, the first among equals; -1 when none has a queue. */
  readonly bottleneck: number;
}

/**
 * What no closed network with these demands can exceed or fall below, whatever its distributions (operational
 * analysis):
 *
 *     X <= min(1 / Dmax, N / (D + Z))    R >= max(D, N Dmax - Z)    N* = (D + Z) / Dmax
 *     X >= N / (N Dq + Dd + Z)           R <= N Dq + Dd
 *
 * D is the sum of all demands, Dq of those at stations with a queue, Dd of those at delays, Dmax the largest demand of
 * a single server, D_k / c_k. Time is in seconds. Throws a `RangeError` on numbers below 0 or beyond 1e±100, less than
 * one customer, and when nothing takes any time.
 *
 * Literature: P. J. Denning, J. P. Buzen, ACM Computing Surveys 10 (1978) 225-261; Lazowska et al., Quantitative System
 * Performance, 1984, ch. 5.
 */
export function asymptoticBounds(network: ClosedNetwork, customers: number): AsymptoticBounds {
  checkClosedNetwork(network, customers);
  const { think_s } = network;
  const { queueing_s, delay_s, perServer_s } = splitDemands(network);
  const demand_s = queueing_s + delay_s;
  const demandMax_s = Math.max(0, ...perServer_s);
  const response_s_max = customers * queueing_s + delay_s;
  return {
    throughput_per_s_min: customers / (response_s_max + think_s),
    throughput_per_s_max: Math.min(1 / demandMax_s, customers / (demand_s + think_s)),
    response_s_min: Math.max(demand_s, customers * demandMax_s - think_s),
    response_s_max,
    saturation_customers: (demand_s + think_s) / demandMax_s,
    bottleneck: demandMax_s > 0 ? perServer_s.indexOf(demandMax_s) : -1,
  };
}

/** Demands at stations with a queue and at delays, and the load D_k / c_k of one server of each station. */
export function splitDemands(network: ClosedNetwork) {
  const demands_s = demandsOf(network);
  let queueing_s = 0;
  let delay_s = 0;
  const perServer_s = network.stations.map(({ servers }, k) => {
    const demand_s = demands_s[k] ?? 0;
    if (servers === Infinity) delay_s += demand_s;
    else queueing_s += demand_s;
    return demand_s / servers;
  });
  return { queueing_s, delay_s, perServer_s };
}
