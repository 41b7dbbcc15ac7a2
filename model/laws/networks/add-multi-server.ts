import type { PopulationMeans } from './population-means.ts';

export interface MultiServer {
  /** Which of the network's stations it is. */
  readonly index: number;
  /** D = V S, above 0. */
  readonly demand_s: number;
  readonly servers: number;
}

/**
 * Populations beyond the first whose probability is below this share of the likeliest one's are left out. That first
 * one stays, since it alone may tell a station that is hardly ever busy from one that does nothing.
 */
const NEGLIGIBLE = 1e-20;

/**
 * Adds a station with several servers to a closed network whose means without it are known, exactly. For such networks
 * (product form) the rest acts on the station like one server of rate X_rest(i) with i customers in it, so that of n
 * customers j are at the station with probability
 *
 *     p(j | n) / p(j-1 | n) = D / min(j, c) * X_rest(n-j+1)
 *
 * and all means at n follow as averages over j. Equal to load-dependent mean value analysis, which however finds p(0 |
 * n) as 1 minus the others and loses all digits near saturation; here only positive numbers are added and multiplied.
 * Takes O(K) for each j with a probability that counts, for each n.
 *
 * Literature: K. M. Chandy, U. Herzog, L. Woo, IBM Journal of Research and Development 19 (1975) 36-42; M. Reiser,
 * Performance Evaluation 1 (1981) 7-18, for the loss of digits.
 */
export function addMultiServer(rest: PopulationMeans, station: MultiServer): PopulationMeans {
  const throughput_per_s = new Float64Array(rest.throughput_per_s.length);
  const customers = rest.customers.map(() => new Float64Array(throughput_per_s.length));
  let likeliest = 0;
  for (let n = 1; n < throughput_per_s.length; n++) {
    // The ratio falls with j and grows with n, so the likeliest j only moves upwards.
    while (likeliest < n && ratio(rest, station, n, likeliest + 1) >= 1) likeliest++;
    const { first, probabilities } = split(rest, station, n, likeliest);
    for (const [i, probability] of probabilities.entries()) {
      const j = first + i;
      add(throughput_per_s, n, (probability * Math.min(j, station.servers)) / station.demand_s);
      for (const [k, atStation] of customers.entries()) {
        const there = k === station.index ? j : (rest.customers[k]?.[n - j] ?? 0);
        add(atStation, n, probability * there);
      }
    }
  }
  return { throughput_per_s, customers };
}

function ratio(rest: PopulationMeans, station: MultiServer, n: number, j: number): number {
  return (station.demand_s / Math.min(j, station.servers)) * (rest.throughput_per_s[n - j + 1] ?? 0);
}

/** Probabilities of j = first, first + 1, … customers at the station, from the likeliest number to both sides. */
function split(rest: PopulationMeans, station: MultiServer, n: number, likeliest: number) {
  const below: number[] = [];
  for (let j = likeliest, weight = 1; j > 0; j--) {
    weight /= ratio(rest, station, n, j);
    below.push(weight);
    if (weight < NEGLIGIBLE) break;
  }
  const weights = [...below.toReversed(), 1];
  for (let j = likeliest + 1, weight = 1; j <= n; j++) {
    weight *= ratio(rest, station, n, j);
    weights.push(weight);
    if (weight < NEGLIGIBLE) break;
  }
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return { first: likeliest - below.length, probabilities: weights.map((weight) => weight / sum) };
}

function add(values: Float64Array, index: number, value: number): void {
  values[index] = (values[index] ?? 0) + value;
}
