import type { ClassObservation, Interval, Observation, ObservedPhase, Outcomes } from '../observation/observation.ts';

/** The part of a run that is looked at: one phase, or all judged phases together. */
export interface Window {
  readonly phases: readonly string[];
  readonly start_s: number;
  readonly end_s: number;
}

/** Nothing to measure, and why; lower case. Never a reason to pass. */
export interface NoData {
  readonly noData: string;
  readonly help?: string;
}

export function isNoData(value: object): value is NoData {
  return 'noData' in value;
}

/** The phases that a criterion looks at: the named one, else all judged. */
export function phasesOf(observation: Observation, phase?: string): readonly ObservedPhase[] | NoData {
  const wanted = observation.phases.filter((each) => (phase === undefined ? each.judged : each.name === phase));
  if (wanted.length > 0) return wanted;
  const names = observation.phases.map((each) => each.name).join(', ') || 'none';
  return phase === undefined
    ? { noData: 'the run has no judged phase', help: `judge one of its phases: ${names}` }
    : { noData: `the run has no phase \`${phase}\``, help: `its phases: ${names}` };
}

export function windowOf(phases: readonly ObservedPhase[]): Window {
  return {
    phases: phases.map((phase) => phase.name),
    start_s: Math.min(...phases.map((phase) => phase.start_s)),
    end_s: Math.max(...phases.map((phase) => phase.end_s)),
  };
}

/** Seconds that the phases last together; gaps between them do not count. */
export function duration_s(phases: readonly ObservedPhase[]): number {
  return phases.reduce((sum, phase) => sum + (phase.end_s - phase.start_s), 0);
}

/** True when a rate was to be held in some of the phases that a criterion looks at. Closed loops and probes hold none. */
export function isPaced(observation: Observation, phase?: string): boolean {
  const phases = phasesOf(observation, phase);
  return !isNoData(phases) && phases.some(({ target_rate_per_s }) => target_rate_per_s > 0);
}

/** The intervals that lie wholly within a phase. */
export function intervalsWithin(phase: ObservedPhase, { intervals, interval_s = 1 }: Observation): Interval[] {
  return intervals.filter(
    ({ start_s }) => start_s >= phase.start_s - 1e-6 && start_s + interval_s <= phase.end_s + 1e-6,
  );
}

/** What was seen of one class (or of one kind of journey), or of all classes together, within the phases. */
export function classesOf(
  observation: Observation,
  phases: readonly ObservedPhase[],
  name?: string,
): readonly ClassObservation[] | NoData {
  const { classes, journeys = [] } = observation;
  const all = name === undefined ? classes : [...classes, ...journeys];
  if (name !== undefined && !all.some((each) => each.class === name)) {
    const names = [...new Set(all.map((each) => each.class))].join(', ') || 'none';
    return { noData: `the run has no request class \`${name}\``, help: `its classes: ${names}` };
  }
  const phaseNames = new Set(phases.map((phase) => phase.name));
  return all.filter((each) => phaseNames.has(each.phase) && (name === undefined || each.class === name));
}

/** What was seen of journeys within the phases. */
export function journeysOf({ journeys = [] }: Observation, phases: readonly ObservedPhase[]): ClassObservation[] {
  return journeys.filter((each) => phases.some(({ name }) => name === each.phase));
}

export interface Sums extends Outcomes {
  readonly scheduled: number;
  readonly sent: number;
  readonly dropped: number;
}

const COUNTS = ['scheduled', 'sent', 'dropped', 'ok', 'http_error', 'timeout', 'reset'] as const;

export function sumOf(classes: readonly Sums[]): Sums {
  const sums = { scheduled: 0, sent: 0, dropped: 0, ok: 0, http_error: 0, timeout: 0, reset: 0 };
  for (const each of classes) for (const count of COUNTS) sums[count] += each[count];
  return sums;
}
