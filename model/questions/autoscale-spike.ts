import type { Autoscale, Pattern, Spike } from '../plan/plan.ts';
import type { DemandCurve } from './autoscale-demand.ts';
import { figuresOf, isOverloaded } from './autoscale-figures.ts';
import type { AutoscaleFigures } from './autoscale-figures.ts';
import type { Tick } from './autoscale-simulate.ts';

/** A spike that begins at the pattern's peak. */
export interface SpikeFigures {
  readonly name: string;
  readonly title: string;
  /** The demand was multiplied by this; the plan may leave it open between `factorLow` and `factorHigh`. */
  readonly factor: number;
  readonly factorLow: number;
  readonly factorHigh: number;
  readonly from_s: number;
  readonly duration_s: number;
  /** For how long the tier is overloaded while the spike lasts. */
  readonly overloaded_s: number;
  /** From the start of the spike until scaling has first caught up; null when the spike is over before. */
  readonly caughtUpAfter_s: number | null;
  /** True when the rule's `max` is reached and does not carry the spike. */
  readonly limitedByMax: boolean;
  /** Over all periods that the spike touches. */
  readonly run: AutoscaleFigures;
}

interface SpikeRun {
  readonly spike: Spike;
  readonly pattern: Pattern;
  readonly curve: DemandCurve;
  readonly rule: Autoscale;
  /** The ticks of one period of the pattern without the spike, then those of this demand. */
  readonly simulate: (demand: readonly number[]) => Tick[];
}

/** Multiplies the demand by the spike's factor, from the first highest minute of the pattern on. */
export function spikeFigures({ spike, pattern, curve, rule, simulate }: SpikeRun): SpikeFigures {
  const { demand, tick_s } = curve;
  const from = peakOf(demand);
  const until = from + Math.max(1, Math.round(spike.duration_s / tick_s));
  const periods = Math.ceil(until / demand.length);
  const loaded = Array.from({ length: periods * demand.length }, (_, tick) => {
    const factor = tick >= from && tick < until ? spike.factor.value : 1;
    return (demand[tick % demand.length] ?? 0) * factor;
  });
  const ticks = simulate(loaded);
  const run = ticks.slice(demand.length);
  const during = run.slice(from, until);
  const caughtUp = caughtUpAfter(during);
  return {
    name: spike.name,
    title: spike.title,
    factor: spike.factor.value,
    factorLow: spike.factor.low,
    factorHigh: spike.factor.high,
    from_s: from * tick_s,
    duration_s: spike.duration_s,
    overloaded_s: during.filter(isOverloaded).length * tick_s,
    caughtUpAfter_s: caughtUp === null ? null : caughtUp * tick_s,
    limitedByMax: during.some((tick) => isOverloaded(tick) && tick.running === rule.max),
    run: figuresOf(run, ticks[demand.length - 1], tick_s, pattern),
  };
}

function peakOf(demand: readonly number[]): number {
  return demand.reduce((best, value, tick) => (value > (demand[best] ?? 0) * (1 + 1e-12) ? tick : best), 0);
}

/** Ticks until the first overload is over; 0 when there is none. */
function caughtUpAfter(ticks: readonly Tick[]): number | null {
  const first = ticks.findIndex(isOverloaded);
  const after = ticks.findIndex((tick, index) => index > first && !isOverloaded(tick));
  if (first < 0) return 0;
  return after < 0 ? null : after;
}
