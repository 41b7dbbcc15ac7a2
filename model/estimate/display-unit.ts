import type { Quantity } from '../plan/plan.ts';
import { baseUnitSymbol } from '../units/dimension.ts';

/** A unit to show values in: base units per displayed unit, and how it is written. */
export interface DisplayUnit {
  readonly symbol: string;
  readonly factor: number;
}

/** A share as people say it. */
export const PERCENT: DisplayUnit = { symbol: '%', factor: 0.01 };

/** The unit that the plan chose, else the one an assumption is written in, else base units. */
export function displayUnit({ unit, expression, dimension }: Omit<Quantity, 'id' | 'kind' | 'formula'>): DisplayUnit {
  if (unit) return { symbol: unit.symbol, factor: unit.factor };
  if (expression.kind === 'literal') return { symbol: expression.literal.unit, factor: expression.literal.factor };
  return { symbol: baseUnitSymbol(dimension), factor: 1 };
}

/** A value in base units as one in `unit`. */
export function inUnit(value: number, unit: DisplayUnit): number {
  return withoutNoise(value / unit.factor);
}

/** Twelve significant digits: what arithmetic left in the last bits is neither shown nor sorted by. */
export function withoutNoise(value: number): number {
  return Number(value.toPrecision(12));
}
