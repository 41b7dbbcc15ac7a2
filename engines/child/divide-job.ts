import type { LoadJob } from '../engine.ts';
import type { Part } from './messages.ts';

/** The shares of the generators of a job: each has the whole schedule, and its part of the connections and of the cap. */
export function divideJob(job: LoadJob): { readonly job: LoadJob; readonly part: Part }[] {
  const of = job.generators ?? 1;
  return Array.from({ length: of }, (_, index) => {
    const share = (whole: number): number => Math.floor(whole / of) + (index < whole % of ? 1 : 0);
    const in_flight_cap = Number.isFinite(job.in_flight_cap) ? share(job.in_flight_cap) : job.in_flight_cap;
    return { job: { ...job, connections: share(job.connections), in_flight_cap }, part: { index, of } };
  });
}
