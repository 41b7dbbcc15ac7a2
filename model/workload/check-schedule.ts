import type { Schedule, SchedulePhase } from './workload.ts';
import { expectedArrivals } from './cumulative-rate.ts';
import { WorkloadError } from './workload-error.ts';

/** Pieces may miss their phase's duration by this share: they are cut by divisions. */
const ROUNDING = 1e-6;

function phaseProblems(phase: SchedulePhase): string[] {
  const problems: string[] = [];
  const where = `phase \`${phase.name}\``;
  if (!isPositive(phase.duration_s)) problems.push(`${where} needs a positive duration, not ${phase.duration_s} s`);
  else problems.push(...pieceProblems(phase, where));
  for (const rate of new Set(phase.pieces.flatMap((piece) => [piece.rate_per_s, piece.rate_end_per_s]))) {
    if (!(rate >= 0) || rate === Infinity) problems.push(`${where} needs a rate of 0 or more, not ${rate} /s`);
  }
  return problems;
}

function pieceProblems({ pieces, duration_s }: SchedulePhase, where: string): string[] {
  const wrong = pieces.find((piece) => !isPositive(piece.duration_s));
  if (wrong) return [`${where} needs pieces of a positive duration, not ${wrong.duration_s} s`];
  const total_s = pieces.reduce((sum, piece) => sum + piece.duration_s, 0);
  if (pieces.length === 0 || Math.abs(total_s - duration_s) <= duration_s * ROUNDING) return [];
  return [`${where} lasts ${duration_s} s, but its pieces ${total_s} s`];
}

function isPositive(duration_s: number): boolean {
  return duration_s > 0 && duration_s < Infinity;
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
  return schedule.phases.flatMap(({ pieces }) => pieces).reduce((sum, piece) => sum + expectedArrivals(piece), 0);
}
