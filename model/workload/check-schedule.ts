import type { Schedule, SchedulePhase } from './workload.ts';
import { expectedArrivals } from './cumulative-rate.ts';
import { WorkloadError } from './workload-error.ts';

function phaseProblems(phase: SchedulePhase): string[] {
  const problems: string[] = [];
  const where = `phase \`${phase.name}\``;
  if (!(phase.duration_s > 0) || phase.duration_s === Infinity) {
    problems.push(`${where} needs a positive duration, not ${phase.duration_s} s`);
  }
  for (const rate of new Set([phase.rate_per_s, phase.rate_end_per_s])) {
    if (!(rate >= 0) || rate === Infinity) problems.push(`${where} needs a rate of 0 or more, not ${rate} /s`);
  }
  return problems;
}

/** Throws a `WorkloadError` that lists everything wrong with a schedule. */
export function checkSchedule(schedule: Schedule): void {
  const problems = schedule.phases.flatMap(phaseProblems);
  if (schedule.phases.length === 0) problems.push('a schedule needs at least one phase');
  if (!Number.isSafeInteger(schedule.seed)) problems.push(`a seed is an integer, not ${schedule.seed}`);
  const names = schedule.phases.map((phase) => phase.name);
  for (const name of new Set(names.filter((name, i) => names.indexOf(name) !== i))) {
    problems.push(`phase \`${name}\` is there twice`);
  }
  if (problems.length > 0) throw new WorkloadError(problems);
}

/** Length of a schedule in s. */
export function scheduleDuration_s(schedule: Schedule): number {
  return schedule.phases.reduce((sum, phase) => sum + phase.duration_s, 0);
}

/** Arrivals that a schedule is expected to hold: exact for `uniform` (to one), the mean for `poisson`. */
export function scheduleArrivals(schedule: Schedule): number {
  return schedule.phases.reduce((sum, phase) => sum + expectedArrivals(phase), 0);
}
