import { addMultiServer } from './add-multi-server.ts';
import { checkClosedNetwork, closedNetworkMeans, demandsOf } from './closed-network.ts';
import type { ClosedNetwork, ClosedNetworkMeans } from './closed-network.ts';
import type { PopulationMeans } from './population-means.ts';

/**
 * Exact mean value analysis of a closed network with one class of customers: throughput, response, utilisation and
 * queue of every station. Stations with one server and delays by the recursion of Reiser and Lavenberg,
 *
 *     R_k(n) = D_k (1 + Q_k(n-1))  or D_k at a delay,  X(n) = n / (Z + sum R_k(n)),  Q_k(n) = X(n) R_k(n)
 *
 * in O(N K) time and memory for N customers and K stations; each station with several servers is then added exactly, at
 * up to O(N² K) (see `addMultiServer`). Holds for exponential service, first come first served, or any service time
 * under processor sharing. Time is in seconds. Throws a `RangeError` on numbers below 0 or beyond 1e±100, less than one
 * customer, and when nothing takes any time.
 *
 * Literature: M. Reiser, S. S. Lavenberg, Journal of the ACM 27 (1980) 313-322; Lazowska et al., Quantitative System
 * Performance, 1984, ch. 6.
 */
export function exactMva(network: ClosedNetwork, customers: number): ClosedNetworkMeans {
  checkClosedNetwork(network, customers);
  let means = withoutMultiServers(network, customers);
  for (const [k, station] of network.stations.entries()) {
    const demand_s = station.visits * station.service_s;
    if (isMultiServer(station.servers) && demand_s > 0) {
      means = addMultiServer(means, { index: k, demand_s, servers: station.servers });
    }
  }
  const atStations = means.customers.map((byPopulation) => byPopulation[customers] ?? 0);
  return closedNetworkMeans(network, means.throughput_per_s[customers] ?? 0, atStations);
}

function isMultiServer(servers: number): boolean {
  return servers > 1 && servers < Infinity;
}

/** The recursion over all stations but those with several servers, which stay empty here. */
function withoutMultiServers(network: ClosedNetwork, population: number): PopulationMeans {
  const demands_s = demandsOf(network);
  const throughput_per_s = new Float64Array(population + 1);
  const customers = demands_s.map(() => new Float64Array(population + 1));
  const residence_s = new Float64Array(demands_s.length);
  for (let n = 1; n <= population; n++) {
    let cycle_s = network.think_s;
    for (const [k, demand_s] of demands_s.entries()) {
      const { servers = 1 } = network.stations[k] ?? {};
      const found = servers === Infinity ? 0 : (customers[k]?.[n - 1] ?? 0);
      residence_s[k] = isMultiServer(servers) ? 0 : demand_s * (1 + found);
      cycle_s += residence_s[k] ?? 0;
    }
    // Infinity when these stations take no time: whoever is sent to them is back at once.
    const throughput = n / cycle_s;
    throughput_per_s[n] = throughput;
    for (const [k, atStation] of customers.entries()) {
      const time_s = residence_s[k] ?? 0;
      atStation[n] = time_s > 0 ? throughput * time_s : 0;
    }
  }
  return { throughput_per_s, customers };
}
