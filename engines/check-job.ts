import { checkSchedule, scheduleArrivals, scheduleDuration_s } from '../model/workload/check-schedule.ts';
import { checkWorkload } from '../model/workload/check-workload.ts';
import { EngineError, type LoadJob } from './engine.ts';
import { loopbackUrl } from './loopback.ts';

const DURATION_MAX_S = 86_400;
const REQUESTS_MAX = 1e9;
/** Classes times phases: each may hold two histograms of 86 KB. */
const CELLS_MAX = 512;
const CONNECTIONS_MAX = 20_000;
/** Each needs a connection, and a place under the cap. */
const GENERATORS_MAX = 64;

/** Throws an `EngineError` when a job cannot be driven: not this machine, beyond bounds, or a wrong workload. */
export function checkJob(job: LoadJob): void {
  loopbackUrl(job.base_url);
  try {
    checkSchedule(job.schedule);
    checkWorkload(job.workload);
  } catch (cause) {
    throw new EngineError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
  const { generators = 1 } = job;
  const cells = job.workload.classes.length * job.schedule.phases.length;
  const bounds: readonly (readonly [string, number, number, number])[] = [
    ['the schedule in s', scheduleDuration_s(job.schedule), 0, DURATION_MAX_S],
    ['requests', scheduleArrivals(job.schedule), 0, REQUESTS_MAX],
    ['classes times phases', cells, 1, CELLS_MAX],
    ['connections', job.connections, 1, CONNECTIONS_MAX],
    ['the in-flight cap', job.in_flight_cap, 1, Infinity],
    ['the drain in s', job.drain_s, 0, 600],
    ['generators', generators, 1, Math.min(GENERATORS_MAX, job.connections, job.in_flight_cap)],
  ];
  for (const [what, value, low, high] of bounds) {
    if (!(value >= low && value <= high)) throw new EngineError(`${what} must be ${low} to ${high}, not ${value}`);
  }
  for (const [what, value] of [
    ['connections', job.connections],
    ['generators', generators],
  ]) {
    if (!Number.isInteger(value)) throw new EngineError(`${what} must be a whole number, not ${value}`);
  }
}
