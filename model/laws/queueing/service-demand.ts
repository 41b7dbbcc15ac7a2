import { nonNegative, positive, whole } from '../argument/argument.ts';

/**
 * Service demand D_k = V_k S_k: seconds of station k that one request needs over all of its visits. Throws a
 * `RangeError` on negative numbers.
 *
 * Literature: Lazowska et al., Quantitative System Performance, 1984, ch. 3.
 */
export function serviceDemand(visits: number, service_s: number): number {
  nonNegative('visits', visits);
  nonNegative('service_s', service_s);
  return visits * service_s;
}

/**
 * The same from a measurement, D_k = c U_k / X, in seconds: utilisation (0 to 1) of the station's c servers while the
 * system answered X requests per second. Throws a `RangeError` on negative numbers and a throughput of zero.
 */
export function measuredServiceDemand(utilisation: number, throughput_per_s: number, servers: number): number {
  nonNegative('utilisation', utilisation);
  positive('throughput_per_s', throughput_per_s);
  whole('servers', servers, 1);
  return (servers * utilisation) / throughput_per_s;
}
