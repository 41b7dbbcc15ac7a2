import { conservationProblems } from '../../observation/conservation.ts';
import type { Load } from '../load.ts';
import type { RecordedPhase } from '../record/phase-finder.ts';
import type { SimulationOptions, SimulationRun } from '../run.ts';
import type { System } from '../system.ts';
import { Stream } from '../variates/stream.ts';
import { Arrivals } from './arrivals.ts';
import { CounterReadings } from './counters.ts';
import { IDLE } from './frame.ts';
import { planFault } from './faults.ts';
import { StationMeter } from './measuring.ts';
import { recordedPhases } from './phases.ts';
import { entryDelay_s } from './entry-delay.ts';
import { compileEntry } from './program.ts';
import { ask } from './requests.ts';
import { autoscale } from './scaling.ts';
import { takeShared } from './service.ts';
import { setUp } from './set-up.ts';
import {
  ACT_EVENT,
  ASK_EVENT,
  DEADLINE_EVENT,
  FRAME_EVENT,
  KIND_BITS,
  SHARING_EVENT,
  TICK_EVENT,
} from './simulation.ts';
import type { Simulation } from './simulation.ts';
import type { Site } from './site.ts';
import { expire, goOn } from './steps.ts';
import { endWork } from './visits.ts';

/** Utilisation is looked at this often. */
const TICK_S = 1;
/** After the schedule what is in flight may still be answered, for the longest timeout but not longer than this. */
const LONGEST_DRAIN_S = 60;

/** One replication: a system under a load, from the start of the schedule to the end of the drain. */
export class Replication {
  readonly #options: SimulationOptions;
  readonly sim: Simulation;
  readonly #load: Load;
  readonly #phases: readonly RecordedPhase[];
  readonly #meters: readonly StationMeter[];
  readonly #counters: CounterReadings;
  readonly #arrivals: Arrivals;
  readonly #classes: Stream;
  /** Upper ends of the classes' shares. */
  readonly #shares: Float64Array;
  /** By phase and class: where its requests go in, for phases with a target. */
  readonly #entries: readonly ((Site | null)[] | null)[];
  readonly #end_s: number;
  readonly #limit_s: number;
  #isStopped = false;

  constructor(system: System, load: Load, options: SimulationOptions) {
    const { seed, warmUp_s } = options;
    this.#options = options;
    this.#load = load;
    this.#phases = recordedPhases(load.phases, warmUp_s);
    this.#end_s = this.#phases.at(-1)?.end_s ?? 0;
    this.#limit_s = this.#end_s + drainOf(system);
    const sim = setUp(system, load, this.#phases, seed);
    this.sim = sim;
    sim.limit_s = this.#limit_s;
    sim.isCalm = load.faults.length === 0;
    sim.entry_s = sim.isCalm ? entryDelay_s(sim, load) : 0;
    this.#meters = sim.stations.map((station) => new StationMeter(station));
    this.#counters = new CounterReadings(sim, system);
    this.#arrivals = new Arrivals(load.process, load.phases, seed);
    this.#classes = new Stream(seed, 'classes');
    let sum = 0;
    this.#shares = Float64Array.from(system.classes, ({ share }) => (sum += share));
    this.#entries = load.phases.map(({ target }) =>
      target === null ? null : system.classes.map(({ route }) => compileEntry(route, target, sim.stations)),
    );
  }

  run(): SimulationRun {
    this.#planPhases();
    this.#planLoops();
    for (const fault of this.#load.faults) planFault(this.sim, fault);
    this.#planTick(TICK_S);
    this.#loop();
    return this.#result();
  }

  #planPhases(): void {
    for (const phase of this.#phases) {
      const { start_s, end_s } = phase;
      this.sim.later((start_s + end_s) / 2, () => {
        for (const meter of this.#meters) meter.middleOfPhase();
      });
      this.sim.later(end_s, () => {
        for (const meter of this.#meters) meter.endOfPhase(phase, end_s);
        this.#counters.flush(this.sim, (start_s + end_s) / 2);
      });
    }
  }

  /** The users of a closed phase ask for the first time within one think time, evenly spread. */
  #planLoops(): void {
    let start_s = 0;
    for (const [index, { closed, duration_s }] of this.#load.phases.entries()) {
      const users = closed?.users ?? 0;
      const within_s = Math.min(closed?.think_s ?? 0, duration_s);
      for (let user = 0; user < users; user++) {
        this.sim.queue.push(start_s + (user / users) * within_s, (index << KIND_BITS) | ASK_EVENT);
      }
      start_s += duration_s;
    }
  }

  #planTick(at_s: number): void {
    if (at_s <= this.#end_s) this.sim.queue.push(at_s, TICK_EVENT);
  }

  /** The event loop: whatever is next, an arrival or what was planned, until the end of the drain. */
  #loop(): void {
    const sim = this.sim;
    const { queue } = sim;
    const arrivals = this.#arrivals;
    const { entry_s } = sim;
    while (!this.#isStopped) {
      const next_s = queue.next_s();
      const asked_s = arrivals.next_s;
      if (asked_s + entry_s <= next_s) {
        if (asked_s === Infinity) break;
        sim.now_s = asked_s + entry_s;
        sim.events++;
        this.#ask(arrivals.phase, -1, asked_s);
        arrivals.advance();
      } else {
        if (next_s > this.#limit_s) break;
        queue.pop();
        sim.now_s = next_s;
        this.#happen(queue.payload, queue.ticket);
      }
      for (let frame = sim.takeReady(); frame !== null; frame = sim.takeReady()) goOn(sim, frame);
    }
  }

  #happen(payload: number, ticket: number): void {
    const sim = this.sim;
    const index = payload >> KIND_BITS;
    const kind = payload & ((1 << KIND_BITS) - 1);
    if (kind === FRAME_EVENT) {
      const frame = sim.frames.all[index];
      if (frame === undefined || frame.event !== ticket) return;
      sim.events++;
      frame.event = 0;
      goOn(sim, frame);
    } else if (kind === SHARING_EVENT) {
      this.#endShared(index, ticket);
    } else {
      sim.events++;
      this.#happenRarely(kind, index);
    }
  }

  #endShared(index: number, ticket: number): void {
    const sim = this.sim;
    const instance = sim.instances[index];
    if (instance === undefined || instance.event !== ticket) return;
    instance.event = 0;
    const job = takeShared(sim, instance);
    if (job === null) return;
    sim.events++;
    job.step = IDLE;
    endWork(sim, job);
  }

  #happenRarely(kind: number, index: number): void {
    const sim = this.sim;
    if (kind === DEADLINE_EVENT) {
      const deadlines = sim.deadlines[index];
      if (deadlines !== undefined) expire(sim, deadlines);
    } else if (kind === ASK_EVENT) {
      this.#ask(index, index, sim.now_s);
    } else if (kind === ACT_EVENT) {
      sim.act(index);
    } else {
      this.#tick();
    }
  }

  /** A user asks: the class is drawn, and its route begun. */
  #ask(phase: number, loop: number, asked_s: number): void {
    const cls = this.#drawClass();
    const entries = this.#entries[phase];
    const site = entries === null || entries === undefined ? this.sim.classes[cls]?.route : entries[cls];
    ask(this.sim, cls, site ?? null, loop, asked_s);
  }

  #drawClass(): number {
    const shares = this.#shares;
    const last = shares.length - 1;
    if (last <= 0) return 0;
    const u = this.#classes.uniform() * (shares[last] ?? 0);
    let cls = 0;
    while (cls < last && (shares[cls] ?? 0) <= u) cls++;
    return cls;
  }

  #tick(): void {
    const sim = this.sim;
    for (const [index, meter] of this.#meters.entries()) {
      const station = sim.stations[index];
      const utilisation = meter.tick(sim);
      if (station !== undefined && station.autoscaler !== null) autoscale(sim, station, utilisation);
    }
    const { interval_s } = sim.recorder;
    if (Math.round(sim.now_s / TICK_S) % Math.round(interval_s / TICK_S) === 0)
      for (const meter of this.#meters) meter.sample(sim);
    const { onProgress } = this.#options;
    this.#isStopped = onProgress?.({ now_s: sim.now_s, events: sim.events }) ?? false;
    this.#planTick(sim.now_s + TICK_S);
  }

  #result(): SimulationRun {
    const sim = this.sim;
    this.#counters.flush(sim, this.#isStopped ? sim.now_s : this.#end_s);
    const stopped = this.#isStopped ? `stopped after ${sim.now_s} s of ${this.#end_s} s` : undefined;
    const observation = sim.recorder.finish(sim.inFlight, this.#options.what, stopped);
    const problems = conservationProblems(observation.totals);
    if (problems.length > 0) throw new Error(`the simulator lost or made up requests: ${problems.join('; ')}`);
    return {
      observation,
      events: sim.events,
      stations: this.#meters.map((meter) => meter.stationRun()),
      instabilities: this.#meters.flatMap((meter) => meter.instabilities),
      batches: sim.recorder.batches(),
    };
  }
}

function drainOf(system: System): number {
  const timeouts_s = system.classes.map(({ timeout_s }) => timeout_s).filter((timeout_s) => timeout_s < Infinity);
  return timeouts_s.length === 0 ? LONGEST_DRAIN_S : Math.min(LONGEST_DRAIN_S, Math.max(...timeouts_s));
}
