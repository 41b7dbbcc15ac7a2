import { Values } from '../plan/compute.ts';
import type { Plan, Quantity } from '../plan/plan.ts';
import { sameDimension } from '../units/dimension.ts';
import { displayUnit, inUnit, withoutNoise } from '../estimate/display-unit.ts';
import { isSame } from './is-same.ts';

/** A quantity of both plans whose value differs. */
export interface QuantityChange {
  readonly id: string;
  readonly title?: string;
  /** As it is in b: an assumption is a cause, a derived quantity a consequence. */
  readonly kind: Quantity['kind'];
  /** In `unit`. */
  readonly a: number;
  readonly b: number;
  /** The unit that a shows it in; empty for a plain number. */
  readonly unit: string;
  /** b / a; null when a is 0. */
  readonly ratio: number | null;
  /** b - a, in `unit`. */
  readonly difference: number;
}

/** A quantity of one plan alone. */
export interface LoneQuantity {
  readonly id: string;
  readonly title?: string;
  readonly value: number;
  readonly unit: string;
}

/** A quantity whose values cannot be compared: the plans mean different things by its name. */
export interface QuantityRedefined {
  readonly id: string;
  readonly a: LoneQuantity;
  readonly b: LoneQuantity;
}

export interface QuantitiesDiff {
  /** The largest factor first, up or down. */
  readonly changed: readonly QuantityChange[];
  readonly redefined: readonly QuantityRedefined[];
  readonly onlyA: readonly LoneQuantity[];
  readonly onlyB: readonly LoneQuantity[];
  /** How many are the same in both. */
  readonly unchanged: number;
}

/** Holds the quantities of two plans against each other by name. */
export function diffQuantities(a: Plan, b: Plan): QuantitiesDiff {
  const valuesA = new Values(a.quantities);
  const valuesB = new Values(b.quantities);
  const changed: QuantityChange[] = [];
  const redefined: QuantityRedefined[] = [];
  let unchanged = 0;
  for (const before of a.quantities.values()) {
    const { id } = before;
    const after = b.quantities.get(id);
    if (!after) continue;
    if (!sameDimension(before.dimension, after.dimension))
      redefined.push({ id, a: lone(before, valuesA), b: lone(after, valuesB) });
    else if (isSame(valuesA.of(id), valuesB.of(id))) unchanged++;
    else changed.push(change(before, after, valuesA.of(id), valuesB.of(id)));
  }
  const only = (own: Plan, other: Plan, values: Values): LoneQuantity[] =>
    [...own.quantities.values()].filter(({ id }) => !other.quantities.has(id)).map((each) => lone(each, values));
  return {
    changed: changed.toSorted((x, y) => factorOf(y) - factorOf(x)),
    redefined,
    onlyA: only(a, b, valuesA),
    onlyB: only(b, a, valuesB),
    unchanged,
  };
}

function change(before: Quantity, after: Quantity, valueA: number, valueB: number): QuantityChange {
  const unit = displayUnit(before);
  const title = after.title ?? before.title;
  return {
    id: before.id,
    ...(title === undefined ? {} : { title }),
    kind: after.kind,
    a: inUnit(valueA, unit),
    b: inUnit(valueB, unit),
    unit: unit.symbol,
    ratio: valueA === 0 ? null : withoutNoise(valueB / valueA),
    difference: inUnit(valueB - valueA, unit),
  };
}

function lone(quantity: Quantity, values: Values): LoneQuantity {
  const { id, title } = quantity;
  const unit = displayUnit(quantity);
  return { id, ...(title === undefined ? {} : { title }), value: inUnit(values.of(id), unit), unit: unit.symbol };
}

/** How large a change is, whichever way it goes: a third counts as much as three times. From or to nothing comes first. */
function factorOf({ ratio }: QuantityChange): number {
  return ratio === null || ratio <= 0 ? Number.MAX_VALUE : Math.max(ratio, 1 / ratio);
}
