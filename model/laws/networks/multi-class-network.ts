import { whole } from '../argument/argument.ts';
import { checkCycle, checkServers } from './station.ts';

/** One kind of customers: how many, how long they think, and what their requests need. */
export interface CustomerClass {
  readonly customers: number;
  /** Z: mean time between an answer and the next request. */
  readonly think_s: number;
  /** D = V S at each station, in the stations' order. */
  readonly demands_s: readonly number[];
}

export interface MultiClassNetwork {
  /** Servers behind one queue; Infinity makes a delay without a queue. */
  readonly stations: readonly { readonly servers: number }[];
  readonly classes: readonly CustomerClass[];
}

export interface ClassMeans {
  /** X of this class. */
  readonly throughput_per_s: number;
  /** R: from request to answer, without the time to think. */
  readonly response_s: number;
  /** V R at each station. */
  readonly residence_s: readonly number[];
}

export interface MultiClassMeans {
  readonly classes: readonly ClassMeans[];
  readonly stations: readonly {
    /** Share of time a server is busy, with all classes; 0 at a delay. */
    readonly utilisation: number;
    /** Q of all classes together. */
    readonly customers: number;
  }[];
}

/**
 * Throws a `RangeError` on numbers below 0 or beyond 1e±100, shapes that do not fit, empty classes, and those that
 * take no time.
 */
export function checkMultiClassNetwork(network: MultiClassNetwork): void {
  const { stations, classes } = network;
  if (classes.length === 0) throw new RangeError('a closed network needs a class of customers');
  for (const { servers } of stations) checkServers(servers);
  for (const { customers, think_s, demands_s } of classes) {
    whole('customers', customers, 1);
    if (demands_s.length !== stations.length) {
      throw new RangeError(`${stations.length} stations need as many demands, not ${demands_s.length}`);
    }
    checkCycle(demands_s, think_s);
  }
}

/** X = N / (Z + sum of residence times): Little's law over the whole cycle. */
export function cycleThroughput(customerClass: CustomerClass, residence_s: readonly number[]): number {
  return customerClass.customers / residence_s.reduce((sum, time_s) => sum + time_s, customerClass.think_s);
}

/** All means of the network from the residence times of each class at each station. */
export function multiClassMeans(
  network: MultiClassNetwork,
  residences_s: readonly (readonly number[])[],
): MultiClassMeans {
  const classes = network.classes.map((customerClass, r) => {
    const residence_s = residences_s[r] ?? [];
    return {
      throughput_per_s: cycleThroughput(customerClass, residence_s),
      response_s: residence_s.reduce((sum, time_s) => sum + time_s, 0),
      residence_s,
    };
  });
  const stations = network.stations.map(({ servers }, k) => {
    let work = 0;
    let customers = 0;
    for (const [r, { throughput_per_s, residence_s }] of classes.entries()) {
      work += throughput_per_s * (network.classes[r]?.demands_s[k] ?? 0);
      customers += throughput_per_s * (residence_s[k] ?? 0);
    }
    return { utilisation: work / servers, customers };
  });
  return { classes, stations };
}
