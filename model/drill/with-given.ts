import { displayUnit } from '../estimate/display-unit.ts';
import { namesIn } from '../formula/evaluate.ts';
import { isFormulaProblem, parseFormula } from '../formula/parse.ts';
import type { LessonValues } from '../lesson/lesson-values.ts';
import { readTemplate } from '../lesson/template.ts';
import type { Plan, Quantity } from '../plan/plan.ts';
import { baseUnitSymbol } from '../units/dimension.ts';
import { formatInBaseUnit } from '../units/format.ts';
import type { Variant } from './drill.ts';

const GIVEN = 'given in the question';
const READ_BY_SIZE = ['B', 'B/s', 's'];
const BEHIND = 'behind what the question gives';

/**
 * A plan whose quantities say what of them the question `asks` gives: those that a place of its text shows. What it gives needs no
 * derivation, so it stands for itself; what varies and is not shown is behind what is.
 */
export function withGiven(plan: Plan, values: LessonValues, asks: string, { settings }: Variant): Plan {
  const quantities = new Map(plan.quantities);
  const change = (id: string, made: (quantity: Quantity) => Quantity): void => {
    const quantity = quantities.get(id);
    if (quantity) quantities.set(id, made(quantity));
  };
  for (const setting of settings) {
    change(setting.slice(0, setting.indexOf('=')), (quantity) => ({ ...quantity, source: BEHIND }));
  }
  const valueOf = (id: string): number => values.named.get(id)?.value() ?? Number.NaN;
  for (const id of quantities.keys()) change(id, (quantity) => readable(quantity, plan, valueOf));
  for (const id of shownIn(asks, plan)) change(id, (quantity) => asGiven(quantity, valueOf(id)));
  return { ...plan, quantities };
}

/** Quantities that a place shows by themselves, whatever the unit; of a product of two neither can be seen. */
function shownIn(asks: string, { units }: Plan): string[] {
  const { places } = readTemplate(asks);
  return places.flatMap(({ offset, length }) => {
    const [formula = ''] = asks.slice(offset + 1, offset + length - 1).split('|');
    const expression = parseFormula(formula, units);
    const names = isFormulaProblem(expression) ? [] : [...new Set(namesIn(expression).map(({ name }) => name))];
    return names.length === 1 ? names : [];
  });
}

/** Data and times in the unit that reads best for this value, where the plan chose none: 5.347 GB/s, not 5,347,222,222 B/s. */
function readable(quantity: Quantity, { units }: Plan, valueOf: (id: string) => number): Quantity {
  const symbol = baseUnitSymbol(quantity.dimension);
  if (quantity.kind === 'assumed' || quantity.unit || !READ_BY_SIZE.includes(symbol)) return quantity;
  const [, best = symbol] = formatInBaseUnit(valueOf(quantity.id), symbol).split(' ');
  const unit = units.parse(best);
  return 'unknown' in unit ? quantity : { ...quantity, unit };
}

function asGiven(quantity: Quantity, value: number): Quantity {
  if (quantity.kind === 'assumed') return { ...quantity, source: GIVEN };
  const { symbol: unit, factor } = displayUnit(quantity);
  const { dimension, expression } = quantity;
  const literal = { value, dimension, unit, writtenUnit: unit, factor, resolution: value };
  const { offset, length } = expression;
  return {
    ...quantity,
    kind: 'assumed',
    source: GIVEN,
    expression: { kind: 'literal', literal, text: unit, offset, length },
  };
}
