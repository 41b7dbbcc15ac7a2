import { checkMultiClassNetwork, multiClassMeans } from './multi-class-network.ts';
import type { MultiClassMeans, MultiClassNetwork } from './multi-class-network.ts';

/** Most numbers that the recursion keeps, 40 MB of them. */
const NUMBERS_MAX = 5_000_000;

/**
 * Exact mean value analysis of a closed network with several classes, for small populations: it visits every mix of
 * customers up to the whole population, so that it costs K R prod(N_r + 1) steps and K prod(N_r + 1) numbers for K
 * stations and classes r = 1..R with N_r customers. Beyond 5 million numbers it refuses; `schweitzerMultiClass` costs
 * the same at any population.
 *
 *     R_rk(n) = D_rk (1 + Q_k(n - e_r))  or D_rk at a delay
 *
 * Stations have one server (where all classes need the same time a visit if first come first served, or processor
 * sharing) or are delays. Time is in seconds. Throws a `RangeError` on stations with several servers, more numbers than
 * that, numbers below 0 or beyond 1e±100, shapes that do not fit, empty classes, and classes that take no time.
 *
 * Literature: M. Reiser, S. S. Lavenberg, Journal of the ACM 27 (1980) 313-322; Lazowska et al., Quantitative System
 * Performance, 1984, ch. 7.
 */
export function exactMultiClassMva(network: MultiClassNetwork): MultiClassMeans {
  checkMultiClassNetwork(network);
  checkSize(network);
  const { stations, classes } = network;
  const strides = stridesOf(network);
  const mixes = classes.reduce((product, { customers }) => product * (customers + 1), 1);
  /** Q_k at every mix: K numbers a mix, mixes in the order of their mixed-radix index. */
  const queues = new Float64Array(mixes * stations.length);
  for (let mix = 1; mix < mixes; mix++) {
    for (const [r, { demands_s, think_s, customers }] of classes.entries()) {
      const stride = strides[r] ?? 1;
      const present = Math.floor(mix / stride) % (customers + 1);
      if (present === 0) continue;
      const residence_s = residenceTimes(network, demands_s, queues, mix - stride);
      const throughput_per_s = present / residence_s.reduce((sum, time_s) => sum + time_s, think_s);
      for (const [k, time_s] of residence_s.entries()) {
        const index = mix * stations.length + k;
        queues[index] = (queues[index] ?? 0) + throughput_per_s * time_s;
      }
    }
  }
  const last = classes.map(({ demands_s }, r) =>
    residenceTimes(network, demands_s, queues, mixes - 1 - (strides[r] ?? 1)),
  );
  return multiClassMeans(network, last);
}

/** Residence time at each station of a request that finds the queues of the mix `found`. */
function residenceTimes(
  { stations }: MultiClassNetwork,
  demands_s: readonly number[],
  queues: Float64Array,
  found: number,
): number[] {
  return stations.map(({ servers }, k) => {
    const queue = servers === Infinity ? 0 : (queues[found * stations.length + k] ?? 0);
    return (demands_s[k] ?? 0) * (1 + queue);
  });
}

/** How far in the order of mixes one customer of each class reaches. */
function stridesOf({ classes }: MultiClassNetwork): number[] {
  let stride = 1;
  return classes.map(({ customers }) => {
    const own = stride;
    stride *= customers + 1;
    return own;
  });
}

function checkSize({ stations, classes }: MultiClassNetwork): void {
  if (stations.some(({ servers }) => servers > 1 && servers < Infinity)) {
    throw new RangeError('several classes are exact for one server or a delay only; try `schweitzerMultiClass`');
  }
  const numbers = classes.reduce((product, { customers }) => product * (customers + 1), stations.length);
  if (numbers > NUMBERS_MAX) {
    throw new RangeError(`${numbers} numbers are more than ${NUMBERS_MAX}; try \`schweitzerMultiClass\``);
  }
}
