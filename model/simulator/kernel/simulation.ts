import type { KeyedCacheState } from '../caches/keyed-cache-state.ts';
import type { Recorder } from '../record/recorder.ts';
import type { ZipfSampler } from '../variates/zipf-sampler.ts';
import { Stream } from '../variates/stream.ts';
import type { Deadlines } from './deadlines.ts';
import { EventQueue } from './event-queue.ts';
import { AT_ONCE, FramePool } from './frame.ts';
import type { Frame } from './frame.ts';
import { Instance } from './instance.ts';
import type { Site } from './site.ts';
import type { Station } from './station.ts';

/** Kinds of events, in the lowest bits of what is planned; above them the index of a frame, an instance, a list or an act. */
export const FRAME_EVENT = 0;
export const SHARING_EVENT = 1;
export const DEADLINE_EVENT = 2;
export const ASK_EVENT = 3;
export const ACT_EVENT = 4;
export const TICK_EVENT = 5;
export const KIND_BITS = 3;

/** Requests of one class at work. */
export interface RequestClass {
  readonly name: string;
  readonly route: Site | null;
  readonly deadlines: Deadlines | null;
  readonly keys: ZipfSampler | null;
  readonly keyStream: Stream;
  /** Added to a key, so that key spaces share no keys. */
  readonly keyOffset: number;
  /** The keyed caches that hold its key space. */
  readonly caches: readonly KeyedCacheState[];
}

export interface MessageKind {
  readonly name: string;
  readonly worker: Station;
  readonly route: Site;
  published: number;
  delivered: number;
  redelivered: number;
  dead: number;
  age_s: number;
}

export interface ClosedLoop {
  readonly end_s: number;
  readonly think_s: number;
}

/** Everything that a run knows, at the moment `now_s`. What changes it are the functions of the files around. */
export class Simulation {
  now_s = 0;
  /** Things that happened at a moment of their own. */
  events = 0;
  /** Requests sent and not ended. */
  inFlight = 0;
  readonly queue = new EventQueue();
  readonly frames = new FramePool();
  readonly instances: Instance[] = [];
  readonly stations: readonly Station[];
  readonly deadlines: readonly Deadlines[];
  readonly recorder: Recorder;
  readonly routes: Stream;
  classes: readonly RequestClass[] = [];
  messages: readonly MessageKind[] = [];
  /** By phase of the load: until when its users ask again, and how long they think first. */
  loops: readonly ClosedLoop[] = [];
  /** No fault is to come: answers can be passed on ahead of their time. */
  isCalm = false;
  /** When the drain ends. */
  limit_s = Infinity;
  /** How long requests travel to the one tier that all enter at; 0 when that is an event of its own. */
  entry_s = 0;
  /** Whether requests were turned away because there were too many; said once. */
  isFull = false;
  readonly #acts: (() => void)[] = [];
  /** Frames that go on at once, first come first served. */
  readonly #ready: Frame[] = [];
  #readyNext = 0;
  #readyEnd = 0;

  constructor(seed: number, stations: readonly Station[], deadlines: readonly Deadlines[], recorder: Recorder) {
    this.stations = stations;
    this.deadlines = deadlines;
    this.recorder = recorder;
    this.routes = new Stream(seed, 'routes');
  }

  /** The frame goes on with `step` at `at_s`. */
  schedule(frame: Frame, step: number, at_s: number): void {
    frame.step = step;
    frame.event = this.queue.push(at_s, (frame.id << KIND_BITS) | FRAME_EVENT);
  }

  /** The frame goes on with `step` now, when what happens at present is over: so nothing calls itself without end. */
  atOnce(frame: Frame, step: number): void {
    frame.step = step;
    frame.event = AT_ONCE;
    const end = this.#readyEnd++;
    if (end === this.#ready.length) this.#ready.push(frame);
    else this.#ready[end] = frame;
  }

  /** The next frame that goes on at once; null when there is none. */
  takeReady(): Frame | null {
    while (this.#readyNext < this.#readyEnd) {
      const frame = this.#ready[this.#readyNext++];
      if (frame !== undefined && frame.event === AT_ONCE) {
        frame.event = 0;
        return frame;
      }
    }
    this.#readyNext = 0;
    this.#readyEnd = 0;
    return null;
  }

  /** Something rare happens at `at_s`; not at all when that is Infinity. */
  later(at_s: number, act: () => void): void {
    if (at_s === Infinity) return;
    this.#acts.push(act);
    this.queue.push(at_s, ((this.#acts.length - 1) << KIND_BITS) | ACT_EVENT);
  }

  act(index: number): void {
    this.#acts[index]?.();
  }

  addInstance(station: Station): Instance {
    const instance = new Instance(this.instances.length, station);
    this.instances.push(instance);
    station.groups[
      Math.floor((station.instances.length * station.groups.length) / station.tier.instances) % station.groups.length
    ]?.members.push(instance);
    station.instances.push(instance);
    return instance;
  }

  /** The attempt or request `frame`, which begins now, has until its deadline. */
  setDeadline(deadlines: Deadlines, frame: Frame): void {
    deadlines.set(frame);
    if (!deadlines.isArmed) this.armDeadlines(deadlines);
  }

  armDeadlines(deadlines: Deadlines): void {
    const next_s = deadlines.next_s();
    deadlines.isArmed = next_s < Infinity;
    if (deadlines.isArmed) this.queue.push(next_s, (deadlines.index << KIND_BITS) | DEADLINE_EVENT);
  }
}
