import type { What } from '../../observation/observation.ts';
import { createRandom } from '../../random/random.ts';
import type { Random } from '../../random/random.ts';
import { Recorder } from '../record/recorder.ts';
import type { RecordedPhase } from '../record/recorder.ts';
import { OK } from '../record/outcome.ts';
import type { Instability, SimulationRun, StationRun } from '../run.ts';

export interface RunByHand {
  readonly seed?: number;
  /** Arrivals are Poisson at 100/s at `at_s`, unless said otherwise. */
  readonly rate_per_s?: (at_s: number) => number;
  /** Response time of a request; 10 ms, exponential, unless said otherwise. */
  readonly response_s?: (at_s: number, random: Random) => number;
  /** How it ends; with an answer, unless said otherwise. */
  readonly outcome?: (at_s: number, random: Random) => number;
  /** Phases in time order; one of 60 s, unless said otherwise. */
  readonly phases?: readonly RecordedPhase[];
  /** Times of faults. */
  readonly faults_s?: readonly number[];
  readonly instabilities?: readonly Instability[];
  readonly counters?: Readonly<Record<string, number>>;
  readonly station?: Partial<StationRun>;
}

export const WHAT: What = {
  plan: 'shop',
  step: 3,
  scenario: 'peak',
  scale: 1,
  seed: 1,
  executor: 'simulator',
  engine: 'discrete-event',
  profile: 'documents',
  environment: {},
};

/** For tests: a phase that is judged. */
export function phaseByHand(name: string, start_s: number, end_s: number, judged = true): RecordedPhase {
  return { name, judged, start_s, end_s, target_rate_per_s: 100 };
}

/** For tests: a run as a simulation of one class (`search`) and one tier (`app`) would leave it, its times drawn from what is given. */
export function runByHand(by: RunByHand = {}): SimulationRun {
  const random = createRandom(by.seed ?? 1, 'run by hand');
  const phases = by.phases ?? [phaseByHand('peak', 0, 60)];
  const end_s = phases.at(-1)?.end_s ?? 0;
  const counters = Object.entries(by.counters ?? {});
  const names = counters.map(([name]) => name);
  const options = { classes: ['search'], phases, tiers: ['app'], counters: names, maxTimeout_s: Infinity, batches: 30 };
  const recorder = new Recorder(options);
  const rate = by.rate_per_s ?? (() => 100);
  const response = by.response_s ?? ((_, random) => 0.01 * random.exponential());
  for (let at_s = random.exponential() / rate(0); at_s < end_s; at_s += random.exponential() / rate(at_s)) {
    recorder.scheduled(0, at_s);
    recorder.finished(0, at_s, at_s + response(at_s, random), by.outcome?.(at_s, random) ?? OK);
  }
  for (const [index, [, count]] of counters.entries()) recorder.count(index, end_s, count);
  for (let at_s = 1; at_s <= end_s; at_s++) recorder.tierSample(0, at_s, 0.5 + (at_s % 2) / 10, 3, 2, 100);
  for (const at_s of by.faults_s ?? []) recorder.event(at_s, 'crash', 0, 'instance 0');
  const station = {
    throughput_per_s: 100,
    utilisation: 0.55,
    waiting: 3,
    inside: 4,
    residence_s: 0.04,
    littleError: 0,
  };
  return {
    observation: recorder.finish(0, { ...WHAT, seed: by.seed ?? 1 }),
    events: 0,
    stations: [{ tier: 'app', ...station, ...by.station }],
    instabilities: by.instabilities ?? [],
    batches: recorder.batches(),
  };
}
