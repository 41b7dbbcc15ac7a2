import { checkMultiClassNetwork, cycleThroughput, multiClassMeans } from './multi-class-network.ts';
import type { MultiClassMeans, MultiClassNetwork } from './multi-class-network.ts';

/** Largest change of a queue, as a share of all customers, at which the iteration has arrived. */
const TOLERANCE = 1e-12;
const ITERATIONS_MAX = 1_000_000;

/**
 * Approximate mean value analysis of a closed network with several classes (Bard and Schweitzer): a request finds the
 * queues that its network has on average, without its own share of them,
 *
 *     R_rk = D_rk (1 + Q_k - Q_rk / N_r)  or D_rk at a delay,  Q_rk = X_r R_rk
 *
 * iterated to its fixed point, at K R steps an iteration whatever the population. A station with c servers counts as
 * one server c times as fast and a delay of the rest, D (c - 1) / c (Seidmann). Time is in seconds. Throws a
 * `RangeError` on numbers below 0 or beyond 1e±100, shapes that do not fit, empty classes, and classes that take no
 * time, and an `Error` when a million iterations do not settle the queues: seen where stations tie to within 0.001 %
 * and share a million customers.
 *
 * With two classes on random networks half of all throughputs came within 2 % of exact ones, nine in ten within 6 %,
 * the worst, of single customers, within a third.
 *
 * Literature: P. J. Schweitzer, Int. Conf. on Stochastic Control and Optimization, Amsterdam 1979; Lazowska et al.,
 * Quantitative System Performance, 1984, ch. 6 and 7; A. Seidmann, P. J. Schweitzer, S. Shalev-Oren, Large Scale
 * Systems 12 (1987) 91-107.
 */
export function schweitzerMultiClass(network: MultiClassNetwork): MultiClassMeans {
  checkMultiClassNetwork(network);
  const population = network.classes.reduce((sum, { customers }) => sum + customers, 0);
  let queues = network.classes.map(({ customers, demands_s }) =>
    demands_s.map((demand_s) => (demand_s > 0 ? customers / demands_s.length : 0)),
  );
  for (let i = 0; i < ITERATIONS_MAX; i++) {
    const next = queuesFrom(network, queues);
    const change = largestChange(queues, next);
    queues = next;
    if (change <= TOLERANCE * population) return multiClassMeans(network, residenceTimes(network, queues));
  }
  throw new Error('the approximate mean value analysis did not converge');
}

/** Time queueing for and at the one fast server, for each class and station; what is found there is `queues`. */
function queueingTimes({ stations, classes }: MultiClassNetwork, queues: readonly (readonly number[])[]): number[][] {
  const totals = stations.map((_, k) => queues.reduce((sum, row) => sum + (row[k] ?? 0), 0));
  return classes.map(({ customers, demands_s }, r) =>
    stations.map(({ servers }, k) => {
      const found = (totals[k] ?? 0) - (queues[r]?.[k] ?? 0) / customers;
      // At a delay this is 0: its demand is spread over endless servers.
      return ((demands_s[k] ?? 0) / servers) * (1 + found);
    }),
  );
}

/** Queueing times and, for stations with several servers and delays, what their one fast server leaves out. */
function residenceTimes(network: MultiClassNetwork, queues: readonly (readonly number[])[]): number[][] {
  return queueingTimes(network, queues).map((times_s, r) =>
    times_s.map((time_s, k) => {
      const demand_s = network.classes[r]?.demands_s[k] ?? 0;
      return time_s + demand_s - demand_s / (network.stations[k]?.servers ?? 1);
    }),
  );
}

function queuesFrom(network: MultiClassNetwork, queues: readonly (readonly number[])[]): number[][] {
  const residences_s = residenceTimes(network, queues);
  const throughputs = network.classes.map((one, r) => cycleThroughput(one, residences_s[r] ?? []));
  return queueingTimes(network, queues).map((times_s, r) => times_s.map((time_s) => time_s * (throughputs[r] ?? 0)));
}

function largestChange(before: readonly (readonly number[])[], after: readonly (readonly number[])[]): number {
  return Math.max(...after.flatMap((row, r) => row.map((value, k) => Math.abs(value - (before[r]?.[k] ?? 0)))), 0);
}
