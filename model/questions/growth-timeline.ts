import { bottleneck, carries } from './growth-loads.ts';
import type { StepLoads } from './growth-loads.ts';

/** Months in a row, both ends included, in which the same step is due. */
export interface DuePeriod {
  /** The first step of the plan whose tiers all carry the load; null where none does. */
  readonly step: number | null;
  readonly name: string | null;
  readonly fromMonth: number;
  readonly untilMonth: number;
  /**
   * The tier that ends the period, as it stands the month after; where no step carries the load, the fullest tier of the
   * step that comes nearest to it. Null when the months of the question or the load end it.
   */
  readonly bottleneck: Bottleneck | null;
}

/** A tier that does not carry its load. */
export interface Bottleneck {
  readonly step: number;
  readonly tier: string;
  /** With the instances that the tier gets; null where no finite number comes out. */
  readonly utilisation: number | null;
  /** Null where no number of instances is enough. */
  readonly needed: number | null;
  /** What there can be at most; null without a limit. */
  readonly limit: number | null;
}

/** Which step is due when, from the loads of every month from 0 on. */
export function dueTimeline(months: readonly (readonly StepLoads[])[]): DuePeriod[] {
  const due = months.map((steps) => steps.find(carries)?.step ?? null);
  const starts = due.flatMap((step, month) => (month === 0 || step !== due[month - 1] ? [month] : []));
  return starts.map((fromMonth, index) => {
    const next = starts[index + 1] ?? months.length;
    const step = due[fromMonth] ?? null;
    const loads = step
      ? months[next]?.find((other) => other.step === step && !carries(other))
      : nearestToCarry(months[fromMonth] ?? []);
    return {
      step: step?.step ?? null,
      name: step?.name ?? null,
      fromMonth,
      untilMonth: next - 1,
      bottleneck: loads ? bottleneckOf(loads) : null,
    };
  });
}

function bottleneckOf(loads: StepLoads): Bottleneck | null {
  const worst = bottleneck(loads);
  if (!worst) return null;
  const { tier, utilisationSized: utilisation, needed, limit } = worst;
  return { step: loads.step.step, tier, utilisation, needed, limit };
}

function nearestToCarry(steps: readonly StepLoads[]): StepLoads | undefined {
  const fullest = (loads: StepLoads): number => bottleneck(loads)?.utilisationSized ?? Infinity;
  const [first, ...rest] = steps;
  return rest.reduce((best, loads) => (best && fullest(best) <= fullest(loads) ? best : loads), first);
}
