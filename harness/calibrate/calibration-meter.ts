import { availableParallelism } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import type { Engine } from '../../engines/engine.ts';
import type { Stack } from '../../infra/backend.ts';
import { busiest } from '../../model/calibration/busiest.ts';
import { FOREIGN_SHARE_MAX } from '../../model/calibration/calibration.ts';
import type { Calibration, ClassCalibration, SweepPoint, TierCores } from '../../model/calibration/calibration.ts';
import { median } from '../../model/calibration/estimate.ts';
import { foreignCores, medianTimes, ownCores, responseTimes } from '../../model/calibration/load-window.ts';
import type { LoadWindow } from '../../model/calibration/load-window.ts';
import { planMix } from '../../model/calibration/mix-demand.ts';
import { classCalibration, sweepPoint } from '../../model/calibration/service-demands.ts';
import type { Plan } from '../../model/plan/plan.ts';
import { buildWorkload } from '../build-workload.ts';
import { RunError } from '../run-error.ts';
import { NO_SCENARIO, driveWindows } from './drive-windows.ts';
import type { DrivenWindows } from './drive-windows.ts';
import type { Effort, WindowPlan } from './effort.ts';
import { readWork, workBetween } from './work-meter.ts';

export interface CalibrationRequest {
  readonly plan: Plan;
  /** A stack that is up and that nobody else uses. */
  readonly stack: Stack;
  /** One that paces. */
  readonly engine: Engine;
  readonly effort: Effort;
  readonly seed: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** What is done now, and which share of all is done, from 0 to 1. */
  readonly onProgress?: (what: string, share: number) => void;
}

/** Rate of the first look at a class, per second: nothing that any server would notice. */
const PILOT_PER_S = 10;
const RATE_MAX_PER_S = 20_000;
/** A request does not get cheaper than this from one rate to the next; more is noise. */
const TREND_MIN = 0.75;

/** Drives and looks, and keeps in mind how quiet the machine was. */
export class CalibrationMeter {
  readonly cores = availableParallelism();
  readonly #request: CalibrationRequest;
  readonly tiers: Calibration['tiers'];
  readonly #foreign_cores: number[] = [];
  readonly #jobs: number;
  #done = 0;

  constructor(request: CalibrationRequest) {
    this.#request = request;
    this.tiers = tiersOf(request.stack);
    this.#jobs = 2 + planMix(request.plan).size + request.effort.sweepUtilisations.length;
  }

  async idle(): Promise<TierCores[]> {
    const { stack, effort, signal } = this.#request;
    this.#tell('without load');
    const before = readWork(stack);
    await wait(effort.idle_s * 1000, undefined, { signal }).catch(() => {
      throw new RunError('the calibration was interrupted');
    });
    const { tiers, seconds } = workBetween(before, readWork(stack));
    this.#done += 1;
    return tiers.map(({ tier, cpu_s }) => ({ tier, cores: cpu_s / seconds }));
  }

  /** First a few requests to learn what one costs, then as many as are a light load. */
  async classAlone(name: string, background: readonly TierCores[]): Promise<ClassCalibration> {
    const { effort } = this.#request;
    const alone = new Map([[name, 1]]);
    const pilot = { settle_s: effort.pilot_s / 2, window_s: effort.pilot_s, windows: 1 };
    const look = await this.#drive(alone, PILOT_PER_S, pilot);
    const idle = background.reduce((sum, { cores }) => sum + cores, 0);
    const cost_s = Math.max(1e-5, ownWork_s(look.windows) / answeredIn(look.windows) - idle / PILOT_PER_S);
    const rate_per_s = Math.min(RATE_MAX_PER_S, (effort.classUtilisation * this.cores) / cost_s);
    const { windows, responses } = await this.windows(`\`${name}\` alone`, alone, rate_per_s, effort.classes);
    return classCalibration({ class: name, windows, response: medianTimes(responses) }, background, this.cores);
  }

  /** Each rate follows from what a request cost at those before: it costs less when there are more of them. */
  async sweep(mix: ReadonlyMap<string, number>, firstCost_s: number): Promise<SweepPoint[]> {
    const { effort } = this.#request;
    const points: SweepPoint[] = [];
    // Share of the scarcest resource that one request a second takes.
    let share = firstCost_s / this.cores;
    let trend = 1;
    for (const target of effort.sweepUtilisations) {
      const rate_per_s = Math.min(RATE_MAX_PER_S, target / (share * trend));
      const what = `the mix at ${Math.round(rate_per_s)} req/s`;
      const { windows, responses, classes } = await this.windows(what, mix, rate_per_s, effort.sweep);
      const each = classes.map((of) => ({ class: of.class, ...responseTimes(of.response) }));
      const point = sweepPoint(windows, medianTimes(responses), each);
      points.push(point);
      const now = busiest(point.tiers, point.generator_cores, this) / Math.max(1, point.throughput_per_s);
      trend = Math.min(1, Math.max(TREND_MIN, now / share));
      share = now;
    }
    return points;
  }

  async windows(
    what: string,
    mix: ReadonlyMap<string, number>,
    rate_per_s: number,
    plan: WindowPlan,
  ): Promise<DrivenWindows> {
    this.#tell(what);
    const driven = await this.#drive(mix, rate_per_s, plan);
    this.#foreign_cores.push(...driven.windows.map(foreignCores));
    this.#done += 1;
    return driven;
  }

  quietness(): Calibration['quiet'] {
    const foreign_cores = median(this.#foreign_cores);
    const foreign_cores_max = Math.max(...this.#foreign_cores);
    return { foreign_cores, foreign_cores_max, ok: foreign_cores <= FOREIGN_SHARE_MAX * this.cores };
  }

  async #drive(mix: ReadonlyMap<string, number>, rate_per_s: number, plan: WindowPlan): Promise<DrivenWindows> {
    const { plan: of, stack, engine, seed, signal } = this.#request;
    const workload = await buildWorkload(of, { ...NO_SCENARIO, mix }, stack.feeds_dir);
    return driveWindows({ stack, engine, workload, rate_per_s, ...plan, seed: seed + this.#done, signal });
  }

  #tell(what: string): void {
    this.#request.onProgress?.(what, Math.min(1, this.#done / this.#jobs));
  }
}

function ownWork_s(windows: readonly LoadWindow[]): number {
  return windows.reduce((sum, window) => sum + ownCores(window) * window.seconds, 0);
}

function answeredIn(windows: readonly LoadWindow[]): number {
  return Math.max(
    1,
    windows.reduce((sum, { answered }) => sum + answered, 0),
  );
}

function tiersOf({ topology, processes }: Stack): Calibration['tiers'] {
  const started = Map.groupBy(processes, ({ tier }) => tier);
  return [...started].map(([tier, of]) => {
    const planned = topology?.tiers.find(({ id }) => id === tier);
    return { tier, kind: planned?.kind ?? of[0]?.role ?? 'unknown', instances: planned?.instances ?? of.length };
  });
}
