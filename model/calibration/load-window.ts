import { mean, percentile, sampleCount } from '../observation/histogram.ts';
import type { Histogram } from '../observation/histogram.ts';
import type { ResponseTimes } from './calibration.ts';
import { median } from './estimate.ts';

/** What was seen of a stack during a few seconds of load at one rate. */
export interface LoadWindow {
  readonly seconds: number;
  /** Requests that were answered as they should be. */
  readonly answered: number;
  /** Requests that were not: errors, timeouts, drops. */
  readonly failed: number;
  readonly tiers: readonly TierWork[];
  /** Processor seconds of the load generator and of the command that runs it. */
  readonly generator_s: number;
  /** Processor seconds of the whole machine, others' included. */
  readonly machine_s: number;
  readonly counters: Readonly<Record<string, number>>;
}

export interface TierWork {
  readonly tier: string;
  readonly cpu_s: number;
  /** Bytes to and from the disk; null where the system does not tell. */
  readonly written_bytes: number | null;
  readonly read_bytes: number | null;
}

/** Cores that a window's stack and generator used. */
export function ownCores({ tiers, generator_s, seconds }: LoadWindow): number {
  return (generator_s + tiers.reduce((sum, { cpu_s }) => sum + cpu_s, 0)) / seconds;
}

/** Cores that others used meanwhile; 0 where the clocks of machine and processes differ by a tick. */
export function foreignCores(window: LoadWindow): number {
  return Math.max(0, window.machine_s / window.seconds - ownCores(window));
}

export function responseTimes(histogram: Histogram): ResponseTimes {
  return {
    mean_s: mean(histogram) / 1e6,
    p95_s: percentile(histogram, 95) / 1e6,
    requests: sampleCount(histogram),
  };
}

/** Medians over windows, so that one in which the machine stalled does not decide. */
export function medianTimes(windows: readonly Histogram[]): ResponseTimes {
  const times = windows.map(responseTimes).filter(({ requests }) => requests > 0);
  return {
    mean_s: median(times.map(({ mean_s }) => mean_s)),
    p95_s: median(times.map(({ p95_s }) => p95_s)),
    requests: times.reduce((sum, { requests }) => sum + requests, 0),
  };
}
