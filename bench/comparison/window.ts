import { z } from 'zod';
import { keepJsonLines, readJsonLines } from '../json-lines.ts';

/** What was seen in one window of load: a run of the comparison. Latencies in s. */
export const WINDOW = z.object({
  /** Which drive it belongs to: all windows without a change, or windows with and without in turns. */
  series: z.enum(['same', 'shifted']),
  /** Times the rate; 1 but where the load is raised. */
  load: z.number(),
  rate_per_s: z.number(),
  window_s: z.number(),
  p50_s: z.number(),
  p95_s: z.number(),
  p99_s: z.number(),
  /** p95 of the classes that have requests enough. */
  classes: z.record(z.string(), z.number()),
  error_rate: z.number(),
  /** Cores by tier. */
  cpu: z.record(z.string(), z.number()),
});
export type Window = z.infer<typeof WINDOW>;

/** Windows that were kept by this call or an earlier one; none when there is no file. */
export function readWindows(file: string): Window[] {
  return readJsonLines(file, WINDOW);
}

export function keepWindows(file: string, windows: readonly Window[]): void {
  keepJsonLines(file, windows);
}
