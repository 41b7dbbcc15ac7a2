import { whole } from '../argument/argument.ts';
import { checkCycle, checkMagnitude, checkServers } from './station.ts';

export interface ClosedStation {
  /** V: visits of one request. */
  readonly visits: number;
  /** S: mean service time of one visit. */
  readonly service_s: number;
  /** Servers behind one queue; Infinity makes it a delay without a queue. */
  readonly servers: number;
}

/** A fixed number of customers, who each think, send a request round the stations, and think again. */
export interface ClosedNetwork {
  readonly stations: readonly ClosedStation[];
  /** Z: mean time between an answer and the next request. */
  readonly think_s: number;
}

export interface ClosedStationMeans {
  /** X_k = V X. */
  readonly throughput_per_s: number;
  /** Share of time a server is busy; 0 at a delay. */
  readonly utilisation: number;
  /** R of one visit, wait and service. */
  readonly response_s: number;
  /** Of all visits of a request: V R. */
  readonly residence_s: number;
  /** Q: customers who wait or are served there. */
  readonly customers: number;
}

export interface ClosedNetworkMeans {
  /** X: answers per second. */
  readonly throughput_per_s: number;
  /** R: from request to answer, without the time to think. */
  readonly response_s: number;
  readonly stations: readonly ClosedStationMeans[];
}

/** D = V S of each station, in seconds. */
export function demandsOf(network: ClosedNetwork): number[] {
  return network.stations.map(({ visits, service_s }) => visits * service_s);
}

/**
 * Throws a `RangeError` on numbers below 0 or beyond 1e±100, less than one customer, and when nothing takes any time.
 */
export function checkClosedNetwork(network: ClosedNetwork, customers: number): void {
  whole('customers', customers, 1);
  for (const { visits, service_s, servers } of network.stations) {
    checkMagnitude('visits', visits);
    checkMagnitude('service_s', service_s);
    checkServers(servers);
  }
  checkCycle(demandsOf(network), network.think_s);
}

/**
 * All means of a closed network from its throughput X and the customers Q at each station: V R = Q / X, U = X V S / c.
 */
export function closedNetworkMeans(
  network: ClosedNetwork,
  throughput_per_s: number,
  customers: readonly number[],
): ClosedNetworkMeans {
  const stations = network.stations.map(({ visits, service_s, servers }, k) => {
    const residence_s = (customers[k] ?? 0) / throughput_per_s;
    return {
      throughput_per_s: visits * throughput_per_s,
      utilisation: (throughput_per_s * visits * service_s) / servers,
      // Who never comes would find nobody else either, as far as this network knows.
      response_s: visits > 0 ? residence_s / visits : service_s,
      residence_s,
      customers: customers[k] ?? 0,
    };
  });
  const response_s = stations.reduce((sum, station) => sum + station.residence_s, 0);
  return { throughput_per_s, response_s, stations };
}
