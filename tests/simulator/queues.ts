import { mg1 } from '../../model/laws/queueing/mg1.ts';
import { mm1 } from '../../model/laws/queueing/mm1.ts';
import { mmc } from '../../model/laws/queueing/mmc.ts';
import type { QueueMeans } from '../../model/laws/queueing/queue-means.ts';
import type { SimulationRun } from '../../model/simulator/run.ts';
import type { System } from '../../model/simulator/system.ts';
import { deterministic, exponential, poisson, station } from '../../model/simulator/testing/systems.ts';
import { run, stationOf } from './figures.ts';

/** A service time for which a µs is fine enough, and so many customers a second that runs stay short. */
export const SERVICE_S = 0.001;

export interface Load {
  readonly rho: number;
  readonly customers: number;
}

/** A queue whose means theory knows. */
export interface Queue {
  readonly name: string;
  readonly system: System;
  readonly servers: number;
  readonly law: (arrivals_per_s: number, service_s: number) => QueueMeans;
  /** What it is tried at. */
  readonly loads: readonly Load[];
}

/**
 * The standard error of the mean of n customers of M/M/1 is about 2 / (1 - ρ) / sqrt(n) of it (W. Whitt, Management Science
 * 35 (1989) 1341-1366), half of whose variance is that of the load itself: so the nearer to 1, the more it takes.
 */
const UP_TO_90: readonly Load[] = [
  { rho: 0.3, customers: 300_000 },
  { rho: 0.5, customers: 400_000 },
  { rho: 0.8, customers: 1_000_000 },
  { rho: 0.9, customers: 3_000_000 },
];
const UP_TO_95: readonly Load[] = [...UP_TO_90, { rho: 0.95, customers: 6_000_000 }];
/** The second moment of a sample of 10 million log-normal times of cv 2 is still uncertain by 0.8 %. */
const LONG_TAILED: readonly Load[] = [
  { rho: 0.3, customers: 4_000_000 },
  { rho: 0.8, customers: 8_000_000 },
];

function queue(name: string, system: System, law: Queue['law'], loads = UP_TO_90): Queue {
  return { name, system, servers: system.tiers[0]?.servers ?? 1, law, loads };
}

const constant = deterministic(SERVICE_S);
const random = exponential(SERVICE_S);
const gamma = { kind: 'gamma', mean_s: SERVICE_S, cv: 0.5 } as const;
const lognormal = { kind: 'lognormal', mean_s: SERVICE_S, cv: 2 } as const;
const sharing = { discipline: 'processor-sharing' } as const;

function manyServers(servers: number, loads = UP_TO_90): Queue {
  const law: Queue['law'] = (arrivals_per_s, service_s) => mmc(arrivals_per_s, service_s, servers);
  return queue(`M/M/${servers}`, station(random, { servers }), law, loads);
}

/** Nobody waits, and of a service time only its mean matters (L. Kleinrock, Queueing Systems, vol. 2, 1976, section 4.4). */
function sharingLaw(arrivals_per_s: number, service_s: number): QueueMeans {
  return { ...mm1(arrivals_per_s, service_s), queueLength: 0, wait_s: 0 };
}

export const QUEUES: readonly Queue[] = [
  queue('M/M/1', station(random), mm1, UP_TO_95),
  manyServers(2),
  manyServers(4),
  manyServers(16, UP_TO_95),
  queue('M/D/1', station(constant), (rate, service_s) => mg1(rate, service_s, 0), UP_TO_95),
  queue('M/G/1, gamma of cv 0.5', station(gamma), (rate, service_s) => mg1(rate, service_s, 0.25)),
  queue('M/G/1, log-normal of cv 2', station(lognormal), (rate, service_s) => mg1(rate, service_s, 4), LONG_TAILED),
  queue('M/M/1-PS', station(random, sharing), sharingLaw),
  queue('M/D/1-PS', station(constant, sharing), sharingLaw),
  queue('M/G/1-PS, gamma of cv 0.5', station(gamma, sharing), sharingLaw),
  queue('M/G/1-PS, log-normal of cv 2', station(lognormal, sharing), sharingLaw),
];

/** So many customers at a rate, of whom the first fiftieth, while the queue fills, does not count. */
export function atRate(system: System, arrivals_per_s: number, customers: number, seed = 1): SimulationRun {
  const duration_s = customers / arrivals_per_s;
  return run(system, poisson(arrivals_per_s, duration_s), seed, duration_s / 50);
}

/** Arrival rate and mean service time as chance had them in a run: what a law says of these holds but for the queue's own noise. */
export function offered(found: SimulationRun, servers: number): readonly [arrivals_per_s: number, service_s: number] {
  const { throughput_per_s, utilisation } = stationOf(found, 'station');
  return [throughput_per_s, (utilisation * servers) / throughput_per_s];
}
