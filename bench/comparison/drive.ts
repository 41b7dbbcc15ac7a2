import { openLoop } from '../../engines/open-loop/open-loop.ts';
import { buildWorkload } from '../../harness/build-workload.ts';
import { NO_SCENARIO } from '../../harness/calibrate/drive-windows.ts';
import { readWork, workBetween } from '../../harness/calibrate/work-meter.ts';
import type { WorkReading } from '../../harness/calibrate/work-meter.ts';
import { planMix } from '../../model/calibration/mix-demand.ts';
import type { Stack } from '../../infra/backend.ts';
import { samplesForInterval } from '../../model/judge/order-statistics.ts';
import { createHistogram, decode, merge, percentile, sampleCount } from '../../model/observation/histogram.ts';
import type { ClassObservation } from '../../model/observation/observation.ts';
import type { Plan } from '../../model/plan/plan.ts';
import type { Workload } from '../../model/workload/workload.ts';
import type { Window } from './window.ts';

const CONNECTIONS = 1000;

export interface Drive {
  readonly stack: Stack;
  readonly workload: Workload;
  readonly rate_per_s: number;
  readonly window_s: number;
  readonly seed: number;
  readonly signal: AbortSignal;
}

export function workloadOf(plan: Plan, stack: Stack): Promise<Workload> {
  return buildWorkload(plan, { ...NO_SCENARIO, mix: planMix(plan) }, stack.feeds_dir);
}

/** Load without a pause, window after window, each at its share of the rate; what was seen in each. Null when it was cut short. */
export async function driveWindows(drive: Drive, loads: readonly number[]): Promise<Omit<Window, 'series'>[] | null> {
  const { stack, workload, rate_per_s, window_s, seed, signal } = drive;
  const work: WorkReading[] = [];
  const phases = loads.map((load, index) => {
    const rate = rate_per_s * load;
    const pieces = [{ duration_s: window_s, rate_per_s: rate, rate_end_per_s: rate }];
    return { name: `window-${index}`, duration_s: window_s, judged: true, pieces };
  });
  const { complete, classes } = await openLoop.run(
    {
      base_url: stack.base_url,
      workload,
      schedule: { process: 'poisson', phases, seed },
      connections: CONNECTIONS,
      in_flight_cap: 2 * CONNECTIONS,
      drain_s: 5,
    },
    { signal, onPhase: () => void work.push(readWork(stack)) },
  );
  if (!complete) return null;
  return loads.map((load, index) => {
    const [from, to] = [work[index], work[index + 1]];
    const { tiers, seconds } = from && to ? workBetween(from, to) : { tiers: [], seconds: window_s };
    const cpu = Object.fromEntries(tiers.map(({ tier, cpu_s }) => [tier, cpu_s / seconds]));
    const own = classes.filter(({ phase }) => phase === `window-${index}`);
    return { load, rate_per_s: rate_per_s * load, window_s, ...figuresOf(own), cpu };
  });
}

function figuresOf(classes: readonly ClassObservation[]) {
  const all = createHistogram();
  const ofClasses: Record<string, number> = {};
  for (const { class: name, response_us } of classes) {
    const histogram = decode(response_us);
    merge(all, histogram);
    if (sampleCount(histogram) >= samplesForInterval(0.95)) ofClasses[name] = percentile(histogram, 95) / 1e6;
  }
  const [p50_s, p95_s, p99_s] = [50, 95, 99].map((percent) => percentile(all, percent) / 1e6);
  const scheduled = classes.reduce((sum, each) => sum + each.scheduled, 0);
  const ok = classes.reduce((sum, each) => sum + each.ok, 0);
  return {
    p50_s: p50_s ?? 0,
    p95_s: p95_s ?? 0,
    p99_s: p99_s ?? 0,
    classes: ofClasses,
    error_rate: 1 - ok / scheduled,
  };
}
