import type { Expression } from '../formula/parse.ts';
import type { ArchitectureStep, Plan } from '../plan/plan.ts';
import { displayUnit, PERCENT } from '../estimate/display-unit.ts';
import type { DisplayUnit } from '../estimate/display-unit.ts';
import { TOTAL_COST, utilisationName } from './goal-figures.ts';

/** Something that a sweep can show. */
export interface Output {
  /** As it is shown: a quantity, a tier, or `cost.total`. */
  readonly name: string;
  readonly of: 'quantity' | 'utilisation' | 'cost';
  readonly title?: string;
  readonly unit: DisplayUnit;
  /** The name that `goalFigures` knows it by. */
  readonly figure: string;
  /** What it is made of, for saying why there is no value. */
  readonly formulas: readonly Expression[];
}

/** Names that `findOutput` knows, for a step. A tier stands for its utilisation. */
export function outputNames(plan: Plan, step: ArchitectureStep | undefined): string[] {
  const tiers = step?.tiers.map(({ id }) => id) ?? [];
  return [...plan.quantities.keys(), ...tiers, ...(step ? [TOTAL_COST] : [])];
}

/** The output of that name; a tier's utilisation may also be asked for as `utilisation.<tier>`. */
export function findOutput(plan: Plan, step: ArchitectureStep | undefined, name: string): Output | undefined {
  const quantity = plan.quantities.get(name);
  if (quantity) {
    const { title, expression } = quantity;
    const named = { name, of: 'quantity', figure: name, ...(title === undefined ? {} : { title }) } as const;
    return { ...named, unit: displayUnit(quantity), formulas: [expression] };
  }
  if (name === TOTAL_COST && step) return { name, of: 'cost', unit: perMonth(plan), figure: name, formulas: [] };
  return tierOutputs(step).find(
    (tier) => name === tier.name || name === tier.figure || name === `utilisation.${tier.name}`,
  );
}

/** The utilisation of every tier of a step. */
export function tierOutputs(step: ArchitectureStep | undefined): Output[] {
  return (step?.tiers ?? []).map(({ id, demand, capacity, instances }) => ({
    name: id,
    of: 'utilisation',
    unit: PERCENT,
    figure: utilisationName(id),
    formulas: [demand, capacity, instances].map(({ expression }) => expression),
  }));
}

function perMonth({ units }: Plan): DisplayUnit {
  const unit = units.parse('$/month');
  if ('unknown' in unit) throw new Error(`no unit ${unit.unknown}`);
  return { symbol: unit.symbol, factor: unit.factor };
}
