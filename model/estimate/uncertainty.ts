import { evaluate } from '../formula/evaluate.ts';
import { Values } from '../plan/compute.ts';
import type { Evaluator } from '../plan/compute.ts';
import type { Plan, Quantity } from '../plan/plan.ts';
import type { Range } from '../uncertainty/range.ts';
import { percentilesOf } from '../uncertainty/percentiles.ts';
import { rankClasses } from '../uncertainty/rank-classes.ts';
import { sample } from '../uncertainty/sample.ts';
import { varianceShares } from '../uncertainty/variance-shares.ts';
import { compileQuantities } from './compile.ts';
import type { Figure, Spread } from './spread.ts';

export interface SamplingOptions {
  readonly samples: number;
  readonly seed: number;
}

/** The assumptions of a plan that have a range. */
export function uncertainInputs({ quantities }: Plan): (Quantity & { readonly range: Range })[] {
  return [...quantities.values()].flatMap(({ range, ...quantity }) => (range ? [{ ...quantity, range }] : []));
}

/**
 * Draws the assumptions that have a range and computes everything that follows, `samples` times. Gives the spread of
 * every derived quantity that depends on them, and of the further figures; the same for a seed on every platform.
 */
export function spreads(plan: Plan, figures: readonly Figure[], options: SamplingOptions): Map<string, Spread> {
  const inputs = uncertainInputs(plan);
  if (inputs.length === 0) return new Map();
  const values = new Values(plan.quantities);
  const ids = inputs.map(({ id }) => id);
  const compiled = compileQuantities(plan.quantities, ids, (id) => values.of(id));
  const { slots, slotOf, affected } = compiled;
  const inputSlots = ids.map((id) => slotOf.get(id) ?? 0);
  const affectedSlots = affected.map((id) => slotOf.get(id) ?? 0);
  const current = evaluatorOf(slots, slotOf);
  const sampled = sample({
    ...options,
    inputs,
    outputs: affected.length + figures.length,
    evaluate: (point, outputs) => {
      for (let i = 0; i < inputSlots.length; i++) slots[inputSlots[i] ?? 0] = point[i] ?? NaN;
      compiled.recompute();
      for (let i = 0; i < affectedSlots.length; i++) outputs[i] = slots[affectedSlots[i] ?? 0] ?? NaN;
      for (let i = 0; i < figures.length; i++) outputs[affected.length + i] = figures[i]?.of(current) ?? NaN;
    },
  });
  const classes = sampled.inputs.map((column, index) => rankClasses(ids[index] ?? '', column));
  const names = [...affected, ...figures.map(({ id }) => id)];
  return new Map(sampled.outputs.map((column, index) => [names[index] ?? '', spreadOf(column, classes)]));
}

function spreadOf(column: Float64Array, classes: Parameters<typeof varianceShares>[1]): Spread {
  const { p5, p50, p95, samples, nonFinite } = percentilesOf(column);
  const { ranking, together } = varianceShares(column, classes);
  const named = ranking.map(({ name, share }) => ({ input: name, share }));
  return { p5, p50, p95, unstable: nonFinite / samples, ranking: named, together };
}

/** Reads the slots as they are at the moment. */
function evaluatorOf(slots: Float64Array, slotOf: ReadonlyMap<string, number>): Evaluator {
  const of = (id: string): number => slots[slotOf.get(id) ?? -1] ?? NaN;
  return { of, evaluate: (expression) => evaluate(expression, of) };
}
