import type { Engine } from '../../engines/engine.ts';
import type { Stack } from '../../infra/backend.ts';
import type { LoadWindow } from '../../model/calibration/load-window.ts';
import { createHistogram, decode, merge } from '../../model/observation/histogram.ts';
import type { Histogram } from '../../model/observation/histogram.ts';
import type { ClassObservation } from '../../model/observation/observation.ts';
import type { Schedule, SchedulePhase, Workload } from '../../model/workload/workload.ts';
import { difference, readCounters } from '../counters.ts';
import type { Reading } from '../counters.ts';
import { RunError } from '../run-error.ts';
import { readWork, workBetween } from './work-meter.ts';
import type { WorkReading } from './work-meter.ts';

const DRAIN_S = 5;
/** Enough for a stall of this long: an arrival without a free connection is dropped. */
const STALL_S = 1;
const CONNECTIONS_MIN = 50;
/** A class that fails more often than this was not measured but its failure. */
const FAILED_MAX = 0.05;

/** A calibration's load is none of a scenario's: all that `buildWorkload` asks of one but the mix. */
export const NO_SCENARIO = { name: 'calibration', checks: [], phases: [], journeys: [] } as const;

export interface WindowsRequest {
  readonly stack: Stack;
  readonly engine: Engine;
  readonly workload: Workload;
  readonly rate_per_s: number;
  /** Load that is not looked at, before the first window. */
  readonly settle_s: number;
  readonly window_s: number;
  readonly windows: number;
  readonly seed: number;
  readonly signal: AbortSignal;
}

export interface DrivenWindows {
  readonly windows: readonly LoadWindow[];
  /** Response times of all classes, by window. */
  readonly responses: readonly Histogram[];
  /** Of all windows together. */
  readonly classes: readonly { readonly class: string; readonly response: Histogram }[];
}

/**
 * Drives a workload at one rate and looks at it window by window.
 * @throws RunError when more than a few requests fail, or when the signal aborts.
 */
export async function driveWindows(request: WindowsRequest): Promise<DrivenWindows> {
  const { stack, engine, workload, signal } = request;
  const work: WorkReading[] = [];
  const counters: Promise<Reading>[] = [];
  const onPhase = (): void => {
    work.push(readWork(stack));
    counters.push(readCounters(stack));
  };
  const connections = Math.max(CONNECTIONS_MIN, Math.ceil(request.rate_per_s * STALL_S));
  const result = await engine.run(
    {
      base_url: stack.base_url,
      workload,
      schedule: scheduleOf(request),
      connections,
      in_flight_cap: connections,
      drain_s: DRAIN_S,
    },
    { signal, onPhase },
  );
  if (!result.complete) throw new RunError(`the calibration was cut short: ${result.incompleteBecause ?? 'stopped'}`);
  refuseFailures(result.classes);
  const read = await Promise.all(counters);
  const names = windowNames(request);
  const windows = names.map((name, index) => {
    const [from, to] = [work[index + 1], work[index + 2]];
    if (!from || !to) throw new RunError('the load generator left out the end of a phase');
    const ofWindow = result.classes.filter(({ phase }) => phase === name);
    const answered = ofWindow.reduce((sum, { ok }) => sum + ok, 0);
    const asked = ofWindow.reduce((sum, { scheduled }) => sum + scheduled, 0);
    const counted = difference(read[index + 1] ?? new Map(), read[index + 2] ?? new Map());
    return { ...workBetween(from, to), answered, failed: asked - answered, counters: counted };
  });
  return { windows, ...histogramsOf(result.classes, names) };
}

const SETTLE = 'settle';

function windowNames({ windows }: WindowsRequest): string[] {
  return Array.from({ length: windows }, (_, index) => `window-${index + 1}`);
}

function scheduleOf(request: WindowsRequest): Schedule {
  const { rate_per_s, settle_s, window_s, seed } = request;
  const phase = (name: string, duration_s: number): SchedulePhase => {
    return { name, duration_s, judged: true, pieces: [{ duration_s, rate_per_s, rate_end_per_s: rate_per_s }] };
  };
  const phases = [phase(SETTLE, settle_s), ...windowNames(request).map((name) => phase(name, window_s))];
  return { process: 'poisson', phases, seed };
}

/** Overload shows as drops and timeouts and is data; an answer that is an error is not what should be measured. */
function refuseFailures(classes: readonly ClassObservation[]): void {
  for (const [name, cells] of Map.groupBy(classes, (each) => each.class)) {
    const errors = cells.reduce((sum, { http_error }) => sum + http_error, 0);
    const sent = cells.reduce((sum, each) => sum + each.sent, 0);
    if (errors <= sent * FAILED_MAX) continue;
    const statuses = [...new Set(cells.flatMap((cell) => Object.keys(cell.statuses)))].join(', ');
    const message = `${errors} of ${sent} requests of \`${name}\` were answered with an error (statuses ${statuses})`;
    throw new RunError(message, 'look at `shop-plan logs`; only a class that works can be measured');
  }
}

function histogramsOf(
  classes: readonly ClassObservation[],
  names: readonly string[],
): Pick<DrivenWindows, 'responses' | 'classes'> {
  const merged = (cells: readonly ClassObservation[]): Histogram => {
    const all = createHistogram();
    for (const cell of cells) merge(all, decode(cell.response_us));
    return all;
  };
  const inWindows = classes.filter(({ phase }) => names.includes(phase));
  const byClass = Map.groupBy(inWindows, (each) => each.class);
  return {
    responses: names.map((name) => merged(classes.filter(({ phase }) => phase === name))),
    classes: [...byClass].map(([name, cells]) => ({ class: name, response: merged(cells) })),
  };
}
