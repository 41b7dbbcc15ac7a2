import { isNoData, classesOf, phasesOf, sumOf } from '../judge/window.ts';
import { measureCpu } from '../judge/measure-cpu.ts';
import type { Observation, ObservedPhase } from '../observation/observation.ts';

/** The work that the requests of a run's judged phases made, for each that was sent. */
export interface Work {
  readonly phases: readonly ObservedPhase[];
  readonly sent: number;
  /** Processor seconds a request, by tier; those alone that were read. */
  readonly cpu_s: ReadonlyMap<string, number>;
}

/** Null without judged phases, or when they sent nothing. */
export function workOf(observation: Observation): Work | null {
  const phases = phasesOf(observation);
  if (isNoData(phases)) return null;
  const classes = classesOf(observation, phases);
  const sent = isNoData(classes) ? 0 : sumOf(classes).sent;
  if (sent === 0) return null;
  const seconds = phases.reduce((sum, { start_s, end_s }) => sum + end_s - start_s, 0);
  const cpu = observation.tiers.flatMap(({ tier }): [string, number][] => {
    const cores = measureCpu(observation, phases, tier);
    return isNoData(cores) ? [] : [[tier, (cores.value * seconds) / sent]];
  });
  return { phases, sent, cpu_s: new Map(cpu) };
}

/** What a counter counted for each request; null when it is missing from any judged phase. */
export function perRequest({ phases, sent }: Work, counter: string): number | null {
  const counts = phases.map(({ counters }) => counters[counter]);
  const sum = counts.reduce<number | null>(
    (total, count) => (total === null || count === undefined ? null : total + count),
    0,
  );
  return sum === null ? null : sum / sent;
}
