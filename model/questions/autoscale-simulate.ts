import type { Autoscale } from '../plan/plan.ts';

export interface AutoscaleRun {
  readonly rule: Autoscale;
  /** What one instance carries. */
  readonly capacity: number;
  /** What arrives, tick by tick, in the capacity's unit. */
  readonly demand: readonly number[];
  readonly tick_s: number;
  /** Instances that run at first. */
  readonly initial: number;
}

/** A tier during one tick. */
export interface Tick {
  readonly demand: number;
  readonly running: number;
  /** Paid for, but not carrying load yet. */
  readonly booting: number;
  /** Demand over what the running instances carry; above 1 the tier is overloaded. */
  readonly utilisation: number;
}

/**
 * A tier as a fluid under its autoscaling rule. When utilisation stays above `outAbove` for `outAfter_s`, one instance is
 * started; when it stays below `inBelow` for `inAfter_s`, one is taken away at once. One instance at a time: after each
 * decision the waiting begins anew, and nothing is decided while an instance boots. Times round up to whole ticks.
 */
export function simulateAutoscale({ rule, capacity, demand, tick_s, initial }: AutoscaleRun): Tick[] {
  const ticksFor = (time_s: number): number => Math.ceil(time_s / tick_s - 1e-9);
  const [outAfter, inAfter, boot] = [ticksFor(rule.outAfter_s), ticksFor(rule.inAfter_s), ticksFor(rule.boot_s)];
  let running = initial;
  let readyAt: number | null = null;
  let aboveSince: number | null = null;
  let belowSince: number | null = null;
  return demand.map((load, now) => {
    if (readyAt === now) {
      running++;
      readyAt = null;
    }
    const utilisation = load / (capacity * running);
    aboveSince = utilisation > rule.outAbove ? (aboveSince ?? now) : null;
    belowSince = utilisation < rule.inBelow ? (belowSince ?? now) : null;
    if (readyAt === null && running < rule.max && aboveSince !== null && now - aboveSince >= outAfter) {
      aboveSince = now;
      if (boot === 0) running++;
      else readyAt = now + boot;
    } else if (readyAt === null && running > rule.min && belowSince !== null && now - belowSince >= inAfter) {
      belowSince = now;
      running--;
    }
    return { demand: load, running, booting: readyAt === null ? 0 : 1, utilisation: load / (capacity * running) };
  });
}
