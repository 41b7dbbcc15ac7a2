import { splitDemands } from './asymptotic-bounds.ts';
import type { ClosedNetworkBounds } from './asymptotic-bounds.ts';
import { checkClosedNetwork } from './closed-network.ts';
import type { ClosedNetwork } from './closed-network.ts';

/**
 * Balanced job bounds of a closed network whose stations have one server or are delays: tighter than the asymptotic
 * ones, because every such network lies between two whose stations all have the same demand, the average and the
 * largest.
 *
 *     D + (N - 1) Davg / (1 + Z / D) <= R <= D + (N - 1) Dmax / (1 + Z / (N D)),  and R >= N Dmax - Z
 *
 * with D, Davg and Dmax of the stations with a queue, and delays counted into Z; X = N / (R + Z). Needs product form,
 * unlike the asymptotic bounds. Time is in seconds. Throws a `RangeError` on stations with several servers, negative
 * numbers, less than one customer, and when nothing takes any time.
 *
 * Literature: J. Zahorjan, K. C. Sevcik, D. L. Eager, B. Galler, Communications of the ACM 25 (1982) 134-141; Lazowska
 * et al., Quantitative System Performance, 1984, ch. 5.
 */
export function balancedJobBounds(network: ClosedNetwork, customers: number): ClosedNetworkBounds {
  checkClosedNetwork(network, customers);
  if (network.stations.some(({ servers }) => servers > 1 && servers < Infinity)) {
    throw new RangeError('balanced job bounds hold for one server or a delay only; see `asymptoticBounds`');
  }
  const { queueing_s, delay_s, perServer_s } = splitDemands(network);
  const away_s = network.think_s + delay_s;
  const queues = perServer_s.filter((demand_s) => demand_s > 0);
  if (queues.length === 0) {
    const throughput = customers / away_s;
    return {
      throughput_per_s_min: throughput,
      throughput_per_s_max: throughput,
      response_s_min: delay_s,
      response_s_max: delay_s,
    };
  }
  const others = customers - 1;
  const demandMax_s = Math.max(...queues);
  const balanced_s = queueing_s + (others * (queueing_s / queues.length)) / (1 + away_s / queueing_s);
  const low_s = Math.max(balanced_s, customers * demandMax_s - away_s);
  const high_s = queueing_s + (others * demandMax_s) / (1 + away_s / (customers * queueing_s));
  return {
    throughput_per_s_min: customers / (high_s + away_s),
    throughput_per_s_max: customers / (low_s + away_s),
    response_s_min: low_s + delay_s,
    response_s_max: high_s + delay_s,
  };
}
