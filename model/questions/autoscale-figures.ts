import type { Pattern } from '../plan/plan.ts';
import type { Tick } from './autoscale-simulate.ts';

/** How a tier fares under its rule; times are counted from the start of the period. */
export interface AutoscaleFigures {
  readonly length_s: number;
  /** Booting instances are paid for, too. */
  readonly instanceHours: number;
  readonly instancesLow: number;
  readonly instancesHigh: number;
  readonly highestUtilisation: number;
  /** For how long demand is above what the running instances carry. */
  readonly overloaded_s: number;
  /** Every change of the number of running instances. */
  readonly schedule: readonly InstanceChange[];
  /** Hour by hour; longer stretches where that would be more than 48. */
  readonly hours: readonly Stretch[];
  /** The same in stretches that are fine enough to draw. */
  readonly series: readonly Stretch[];
}

export interface InstanceChange {
  readonly at_s: number;
  /** Label of the pattern's part, such as `Monday`; empty where it has none. */
  readonly part: string;
  readonly from: number;
  readonly to: number;
}

export interface Stretch {
  readonly from_s: number;
  readonly to_s: number;
  readonly part: string;
  readonly highestDemand: number;
  readonly instancesLow: number;
  readonly instancesHigh: number;
  readonly instanceHours: number;
  readonly highestUtilisation: number;
  readonly overloaded_s: number;
}

const HOUR_S = 3600;
const STRETCHES_S = [HOUR_S, 6 * HOUR_S, 24 * HOUR_S, 7 * 24 * HOUR_S];
const MONTH_S = 730 * HOUR_S;
const STRETCHES_MAX = 48;
const POINTS_MAX = 240;

/** The figures of `ticks`; `before` is the tick ahead of them, so that a change at the first is seen. */
export function figuresOf(
  ticks: readonly Tick[],
  before: Tick | undefined,
  tick_s: number,
  pattern: Pick<Pattern, 'parts' | 'period_s'>,
): AutoscaleFigures {
  const length_s = ticks.length * tick_s;
  const hours_s = STRETCHES_S.find((stretch_s) => length_s / stretch_s <= STRETCHES_MAX) ?? MONTH_S;
  const cut = (stretch_s: number): Stretch[] => stretches(ticks, Math.max(1, Math.round(stretch_s / tick_s)), tick_s);
  const labelled = (list: readonly Stretch[]): Stretch[] =>
    list.map((stretch) => ({ ...stretch, part: partAt(pattern, stretch.from_s) }));
  const { from_s: _from, to_s: _to, part: _part, highestDemand: _demand, ...whole } = stretchOf(ticks, 0, tick_s);
  return {
    length_s,
    ...whole,
    schedule: changes(ticks, before, tick_s).map((change) => ({ ...change, part: partAt(pattern, change.at_s) })),
    hours: labelled(cut(hours_s)),
    series: labelled(cut(length_s / POINTS_MAX)),
  };
}

function changes(ticks: readonly Tick[], before: Tick | undefined, tick_s: number): Omit<InstanceChange, 'part'>[] {
  return ticks.flatMap(({ running: to }, index) => {
    const from = (index === 0 ? before : ticks[index - 1])?.running ?? to;
    return from === to ? [] : [{ at_s: index * tick_s, from, to }];
  });
}

function stretches(ticks: readonly Tick[], each: number, tick_s: number): Stretch[] {
  return Array.from({ length: Math.ceil(ticks.length / each) }, (_, index) =>
    stretchOf(ticks.slice(index * each, (index + 1) * each), index * each, tick_s),
  );
}

function stretchOf(ticks: readonly Tick[], first: number, tick_s: number): Stretch {
  const highest = (of: (tick: Tick) => number): number => ticks.reduce((most, tick) => Math.max(most, of(tick)), 0);
  const paid_s = ticks.reduce((sum, { running, booting }) => sum + (running + booting) * tick_s, 0);
  return {
    from_s: first * tick_s,
    to_s: (first + ticks.length) * tick_s,
    part: '',
    highestDemand: highest(({ demand }) => demand),
    instancesLow: ticks.reduce((least, { running }) => Math.min(least, running), ticks[0]?.running ?? 0),
    instancesHigh: highest(({ running }) => running),
    instanceHours: paid_s / HOUR_S,
    highestUtilisation: highest(({ utilisation }) => utilisation),
    overloaded_s: ticks.filter(isOverloaded).length * tick_s,
  };
}

export function isOverloaded({ utilisation }: Tick): boolean {
  return utilisation > 1 + 1e-9;
}

function partAt({ parts, period_s }: Pick<Pattern, 'parts' | 'period_s'>, at_s: number): string {
  return parts.find(({ to_s }) => at_s % period_s < to_s)?.label ?? '';
}
