import type { Station } from './station.ts';

/** One way over the network, to a tier or back. */
export function oneWay_s(station: Station): number {
  return (station.network === null ? 0 : station.network.sample(station.networks)) + station.latency_s;
}
