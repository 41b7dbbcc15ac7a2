import { mmc } from '../queueing/mmc.ts';
import { utilisation } from '../queueing/utilisation.ts';
import { checkMagnitude, checkServers } from './station.ts';
import { trafficEquations } from './traffic-equations.ts';

export interface OpenStation {
  /** Mean service time of one visit. */
  readonly service_s: number;
  /** Servers behind one queue; Infinity makes it a delay without a queue. */
  readonly servers: number;
}

export interface OpenNetwork {
  readonly stations: readonly OpenStation[];
  /** Arrivals from outside at each station. */
  readonly external_per_s: readonly number[];
  /** `routing[i][j]`: share of requests that go from station i to j; what a row misses to 1 leaves. */
  readonly routing: readonly (readonly number[])[];
}

export interface OpenStationMeans {
  /** Visits V a request makes on average. */
  readonly visits: number;
  /** X: what arrives and, when ρ < 1, leaves. */
  readonly throughput_per_s: number;
  /** ρ, 1 or more when the station cannot keep up; 0 at a delay. */
  readonly utilisation: number;
  /** R of one visit. Infinity when ρ >= 1. */
  readonly response_s: number;
  /** Q: requests that wait or are served there. Infinity when ρ >= 1. */
  readonly customers: number;
}

export interface OpenNetworkMeans {
  /** Arrivals from outside, all stations together. */
  readonly throughput_per_s: number;
  /** From entry to exit. Infinity when ρ >= 1 at a station that requests visit. */
  readonly response_s: number;
  /** Requests inside. Infinity when ρ >= 1 at any station. */
  readonly customers: number;
  readonly stations: readonly OpenStationMeans[];
}

/**
 * Open network of M/M/c stations (Jackson): each station behaves as if its arrivals were Poisson. Time is in seconds.
 * Throws a `RangeError` on numbers below 0 or beyond 1e±100, shapes that do not fit, requests that can never leave, and
 * when nothing arrives at all, since then no request defines what the network's response time is made of.
 *
 * Literature: J. R. Jackson, Operations Research 5 (1957) 518-521; G. Bolch et al., Queueing Networks and Markov
 * Chains, 2nd ed. 2006, ch. 7.
 */
export function openNetwork(network: OpenNetwork): OpenNetworkMeans {
  const { stations, external_per_s, routing } = network;
  if (stations.length !== external_per_s.length) {
    throw new RangeError(`${stations.length} stations need as many arrival rates, not ${external_per_s.length}`);
  }
  for (const rate of external_per_s) checkMagnitude('external_per_s', rate);
  const arrivals_per_s = trafficEquations(external_per_s, routing);
  const throughput_per_s = external_per_s.reduce((sum, rate) => sum + rate, 0);
  if (!(throughput_per_s > 0)) throw new RangeError('nothing arrives from outside');
  const means = stations.map((station, k) => stationMeans(station, arrivals_per_s[k] ?? 0, throughput_per_s));
  const customers = means.reduce((sum, station) => sum + station.customers, 0);
  return { throughput_per_s, response_s: customers / throughput_per_s, customers, stations: means };
}

function stationMeans(station: OpenStation, arrivals_per_s: number, throughput_per_s: number): OpenStationMeans {
  const { service_s, servers } = station;
  checkServers(servers);
  checkMagnitude('service_s', service_s);
  const flow = { visits: arrivals_per_s / throughput_per_s, throughput_per_s: arrivals_per_s };
  if (servers === Infinity) {
    return { ...flow, utilisation: 0, response_s: service_s, customers: arrivals_per_s * service_s };
  }
  const { response_s, numberInSystem } = mmc(arrivals_per_s, service_s, servers);
  const busy = utilisation(arrivals_per_s, service_s, servers);
  return { ...flow, utilisation: busy, response_s, customers: numberInSystem };
}
