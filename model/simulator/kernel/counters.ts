import type { System } from '../system.ts';
import { visitsOf } from './program.ts';
import type { MessageKind, Simulation } from './simulation.ts';
import type { Station } from './station.ts';

interface Counter<Of> {
  readonly name: string;
  readonly read: (of: Of) => number;
}

const STATION: readonly Counter<Station>[] = [
  { name: 'visits', read: (station) => station.visits },
  { name: 'refused', read: (station) => station.refused },
  { name: 'errors', read: (station) => station.failed },
];
const DATABASE: readonly Counter<Station>[] = [
  { name: 'queries', read: (station) => station.visits - station.refused },
];
const LOOKED_UP: readonly Counter<Station>[] = [
  { name: 'hits', read: (station) => station.hits },
  { name: 'misses', read: (station) => station.misses },
  { name: 'early_refreshes', read: (station) => station.earlyRefreshes },
  { name: 'waits', read: (station) => station.lockWaits },
];
const REPLICAS: readonly Counter<Station>[] = [
  { name: 'reads', read: (station) => station.reads },
  { name: 'stale_reads', read: (station) => station.staleReads },
];
const WATCHED: readonly Counter<Station>[] = [{ name: 'writes_lost', read: (station) => station.writesLost }];
const MESSAGE: readonly Counter<MessageKind>[] = [
  { name: 'published', read: (message) => message.published },
  { name: 'delivered', read: (message) => message.delivered },
  { name: 'redelivered', read: (message) => message.redelivered },
  { name: 'dead', read: (message) => message.dead },
  { name: 'age_s', read: (message) => message.age_s },
];

/** The names of a system's counters, tier by tier and then message by message, in the order in which `CounterReadings` reads them. */
export function counterNames(system: System): string[] {
  const lookedUp = lookedUpTiers(system);
  return [
    ...system.tiers.flatMap((tier, index) =>
      countersOf(tier.kind, lookedUp.has(index), tier.replication !== null, tier.failover !== null).map(
        ({ name }) => `${tier.id}.${name}`,
      ),
    ),
    ...system.messages.flatMap((message) => MESSAGE.map(({ name }) => `${message.name}.${name}`)),
  ];
}

/** Reads all counters of a run, and tells the recorder what came in addition since the last time. */
export class CounterReadings {
  readonly #reads: readonly (() => number)[];
  readonly #before: Float64Array;

  constructor(sim: Simulation, system: System) {
    const lookedUp = lookedUpTiers(system);
    this.#reads = [
      ...sim.stations.flatMap((station) => {
        const { kind, replication, failover } = station.tier;
        const counters = countersOf(kind, lookedUp.has(station.index), replication !== null, failover !== null);
        return counters.map(
          ({ read }) =>
            () =>
              read(station),
        );
      }),
      ...sim.messages.flatMap((message) =>
        MESSAGE.map(
          ({ read }) =>
            () =>
              read(message),
        ),
      ),
    ];
    this.#before = new Float64Array(this.#reads.length);
  }

  /** What came since the last time belongs to the phase of the moment `at_s`. */
  flush(sim: Simulation, at_s: number): void {
    for (const [index, read] of this.#reads.entries()) {
      const now = read();
      sim.recorder.count(index, at_s, now - (this.#before[index] ?? 0));
      this.#before[index] = now;
    }
  }
}

function countersOf(kind: string, isLookedUp: boolean, isReplica: boolean, isWatched: boolean): Counter<Station>[] {
  return [
    ...STATION,
    ...(kind === 'postgres' ? DATABASE : []),
    ...(isLookedUp ? LOOKED_UP : []),
    ...(isReplica ? REPLICAS : []),
    ...(isWatched ? WATCHED : []),
  ];
}

function lookedUpTiers(system: System): ReadonlySet<number> {
  const routes = [...system.classes, ...system.messages].flatMap(({ route }) => visitsOf(route));
  return new Set(routes.filter((visit) => visit.lookup !== null).map((visit) => visit.tier));
}
