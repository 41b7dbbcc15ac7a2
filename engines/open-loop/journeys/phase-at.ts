import type { Schedule } from '../../../model/workload/workload.ts';

/** Index of the phase that a moment of the schedule, in µs, belongs to. */
export function phaseAt({ phases }: Schedule): (at_us: number) => number {
  let end_s = 0;
  const ends_us = phases.map(({ duration_s }) => Math.floor((end_s += duration_s) * 1e6));
  return (at_us) => {
    const phase = ends_us.findIndex((end_us) => at_us < end_us);
    return phase < 0 ? phases.length - 1 : phase;
  };
}
