import type { Load } from '../load.ts';
import { Recorder } from '../record/recorder.ts';
import type { RecordedPhase } from '../record/phase-finder.ts';
import type { System, SystemClass } from '../system.ts';
import { Stream } from '../variates/stream.ts';
import { Variate } from '../variates/variate.ts';
import { ZipfSampler } from '../variates/zipf-sampler.ts';
import { relist } from './balancing.ts';
import { counterNames } from './counters.ts';
import { Deadlines } from './deadlines.ts';
import { MessageQueue } from './message-queue.ts';
import { cachesOf, compileRoute } from './program.ts';
import { countCapacity } from './service.ts';
import { Simulation } from './simulation.ts';
import type { MessageKind, RequestClass } from './simulation.ts';
import { Station } from './station.ts';

/** Parts of the judged time for batch means. */
const BATCHES = 32;

/** A run before anything happened: stations with their instances, compiled routes, an empty record. RangeError for what cannot be. */
export function setUp(system: System, load: Load, phases: readonly RecordedPhase[], seed: number): Simulation {
  const deadlines: Deadlines[] = [];
  const deadlinesOf = (timeout_s: number): Deadlines | null => {
    if (timeout_s === Infinity) return null;
    const made = new Deadlines(timeout_s, deadlines.length);
    deadlines.push(made);
    return made;
  };
  const workers = new Set(system.messages.map(({ route }) => route[0]?.tier));
  const stations = system.tiers.map(
    (tier, index) =>
      new Station(index, tier, seed, deadlinesOf(tier.call.timeout_s), workers.has(index) ? new MessageQueue() : null),
  );
  const classDeadlines = system.classes.map(({ timeout_s }) => deadlinesOf(timeout_s));
  const sim = new Simulation(seed, stations, deadlines, recorderOf(system, phases));
  for (const station of stations) open(sim, station);
  linkReplicas(stations);
  const offsets = keyOffsets(system);
  sim.classes = system.classes.map((each, index) =>
    classOf(each, system, stations, classDeadlines[index] ?? null, offsets, seed),
  );
  sim.messages = system.messages.map((message) => messageOf(message, stations));
  sim.loops = loopsOf(load);
  return sim;
}

function recorderOf(system: System, phases: readonly RecordedPhase[]): Recorder {
  return new Recorder({
    classes: system.classes.map(({ name }) => name),
    phases,
    tiers: system.tiers.map(({ id }) => id),
    counters: counterNames(system),
    maxTimeout_s: system.classes.reduce((most, { timeout_s }) => Math.max(most, timeout_s), 0),
    batches: BATCHES,
  });
}

function open(sim: Simulation, station: Station): void {
  for (let i = 0; i < station.tier.instances; i++) sim.addInstance(station);
  relist(station);
  countCapacity(sim, station);
}

function linkReplicas(stations: readonly Station[]): void {
  for (const station of stations) {
    const { replication, id } = station.tier;
    if (replication === null) continue;
    const primary = stations[replication.primary];
    if (primary === undefined)
      throw new RangeError(`\`${id}\` replicates tier ${replication.primary}, and there is none`);
    station.primary = primary;
    primary.copies.push(station);
    if (replication.readYourWrites.strategy === 'cache-after-write') primary.storesWrites = true;
    if (replication.synchronous > 0) primary.synchronousLag = new Variate(replication.lag);
  }
}

function classOf(
  { name, route, keys }: SystemClass,
  system: System,
  stations: readonly Station[],
  deadlines: Deadlines | null,
  offsets: readonly number[],
  seed: number,
): RequestClass {
  const space = keys === null ? undefined : system.keySpaces[keys];
  if (keys !== null && space === undefined)
    throw new RangeError(`class \`${name}\` draws keys from ${keys}, and there is none`);
  const sharing = system.classes.filter((other) => keys !== null && other.keys === keys);
  const caches = new Set(sharing.flatMap((other) => cachesOf(other.route, system)));
  return {
    name,
    route: compileRoute(route, stations),
    deadlines,
    keys: space === undefined ? null : new ZipfSampler(space.count, space.exponent),
    keyStream: new Stream(seed, `keys:${space?.name ?? name}:${name}`),
    keyOffset: keys === null ? 0 : (offsets[keys] ?? 0),
    caches: [...caches].flatMap((index) => stations[index]?.cache ?? []),
  };
}

function messageOf({ name, route }: System['messages'][number], stations: readonly Station[]): MessageKind {
  const site = compileRoute(route, stations);
  if (site === null) throw new RangeError(`message \`${name}\` has no route, so nobody would work on it`);
  return { name, worker: site.station, route: site, published: 0, delivered: 0, redelivered: 0, dead: 0, age_s: 0 };
}

/** Where the keys of each space begin, so that no two spaces share one; sampled ranks begin at 1. */
function keyOffsets(system: System): number[] {
  let next = -1;
  return system.keySpaces.map(({ count }) => {
    const offset = next;
    next += count;
    return offset;
  });
}

function loopsOf(load: Load): Simulation['loops'] {
  let end_s = 0;
  return load.phases.map(({ duration_s, closed }) => {
    end_s += duration_s;
    return { end_s, think_s: closed?.think_s ?? 0 };
  });
}
