import type { ClassObservation, Interval } from '../../model/observation/observation.ts';
import type { Schedule } from '../../model/workload/workload.ts';
import type { FinalResult } from '../child/messages.ts';
import { EngineError } from '../engine.ts';
import { DueTimes } from './due-times.ts';

/** Areas under rates are sums of products. */
const ROUNDING = 1e-6;

export interface Drops {
  readonly schedule: Schedule;
  /** Share of each class. */
  readonly shares: ReadonlyMap<string, number>;
  /** What k6 dropped in each phase. It says so at the end, and neither when nor of which class. */
  readonly dropped: readonly number[];
  /** Requests of each phase that were sent, by second of the schedule. */
  readonly sent: readonly (readonly number[])[];
}

/**
 * What was dropped of each phase that went to its end: as k6 tells, and what a late k6 had not begun when the phase was over, of which it
 * tells nothing. One that is due at the very end need not begin.
 */
export function allDropped({ schedule, dropped, sent }: Omit<Drops, 'shares'>): number[] {
  return schedule.phases.map((phase, i) => {
    const due = Math.ceil(new DueTimes(phase).until(phase.duration_s) - ROUNDING) - 1;
    const begun = (sent[i] ?? []).reduce((sum, count) => sum + (count ?? 0), 0);
    return Math.max(dropped[i] ?? 0, due - begun);
  });
}

/**
 * Adds what k6 dropped: to the seconds in which requests were due and never made up for, and to the classes by their shares, since a
 * dropped iteration has drawn none. Totals are exact; how they are spread is an estimate.
 */
export function withDrops(
  result: FinalResult,
  intervals: readonly Interval[],
  drops: Drops,
): { result: FinalResult; intervals: Interval[] } {
  const bySecond = intervals.map(() => 0);
  const classes = [...result.classes];
  let start_s = 0;
  for (const [i, phase] of drops.schedule.phases.entries()) {
    const dropped = drops.dropped[i] ?? 0;
    if (dropped > 0) {
      const due = new DueTimes(phase);
      const backlog = backlogs((end_s) => due.until(end_s - start_s), drops.sent[i] ?? [], bySecond.length);
      spread(dropped, backlog).forEach((count, second) => (bySecond[second] = (bySecond[second] ?? 0) + count));
      addToClasses(classes, phase.name, dropped, drops.shares);
    }
    start_s += phase.duration_s;
  }
  const total = drops.dropped.reduce((sum, each) => sum + each, 0);
  return {
    result: { ...result, classes, totals: withMore(result.totals, total) },
    intervals: intervals.map((interval, second) => withMore(interval, bySecond[second] ?? 0)),
  };
}

function withMore<T extends { readonly scheduled: number; readonly dropped: number }>(counts: T, dropped: number): T {
  return { ...counts, scheduled: counts.scheduled + dropped, dropped: counts.dropped + dropped };
}

/** How many requests were due and not sent, at the end of every second. */
function backlogs(dueUntil: (end_s: number) => number, sent: readonly number[], seconds: number): number[] {
  let sum = 0;
  return Array.from({ length: seconds }, (_, second) => {
    sum += sent[second] ?? 0;
    return Math.max(0, Math.floor(dueUntil(second + 1)) - sum);
  });
}

/** What was due and was not made up for in any later second was dropped by then. */
function spread(dropped: number, backlog: readonly number[]): number[] {
  const until: number[] = [];
  let least = dropped;
  for (let second = backlog.length - 1; second >= 0; second--) {
    until[second] = least;
    least = Math.min(least, backlog[second - 1] ?? 0);
  }
  return until.map((count, second) => count - (until[second - 1] ?? 0));
}

/** By largest remainders among the classes that the phase had. */
function addToClasses(
  classes: ClassObservation[],
  phase: string,
  dropped: number,
  shares: ReadonlyMap<string, number>,
): void {
  const among = classes.flatMap((observed, index) => (observed.phase === phase ? [{ observed, index }] : []));
  const whole = among.reduce((sum, { observed }) => sum + (shares.get(observed.class) ?? 0), 0);
  if (whole === 0) throw new EngineError(`k6 dropped all ${dropped} requests of phase \`${phase}\``);
  const exact = among.map(({ observed }) => (dropped * (shares.get(observed.class) ?? 0)) / whole);
  const counts = exact.map(Math.floor);
  const left = dropped - counts.reduce((sum, each) => sum + each, 0);
  const byRemainder = exact.map((share, i) => ({ i, remainder: share - Math.floor(share) }));
  byRemainder.sort((a, b) => b.remainder - a.remainder);
  for (const { i } of byRemainder.slice(0, left)) counts[i] = (counts[i] ?? 0) + 1;
  for (const [i, { observed, index }] of among.entries()) classes[index] = withMore(observed, counts[i] ?? 0);
}
