import { ARITHMETIC_FUNCTIONS } from './functions/arithmetic.ts';
import { AVAILABILITY_FUNCTIONS } from './functions/availability.ts';
import { CACHING_FUNCTIONS } from './functions/caching.ts';
import { DATA_PLACEMENT_FUNCTIONS } from './functions/data-placement.ts';
import type { FormulaFunction } from './functions/formula-function.ts';
import { LOAD_FUNCTIONS } from './functions/load.ts';
import { QUEUEING_FUNCTIONS } from './functions/queueing.ts';

const ALL = [
  ...ARITHMETIC_FUNCTIONS,
  ...QUEUEING_FUNCTIONS,
  ...CACHING_FUNCTIONS,
  ...AVAILABILITY_FUNCTIONS,
  ...DATA_PLACEMENT_FUNCTIONS,
  ...LOAD_FUNCTIONS,
];

/** The documented library of functions that formulas may call, by name. */
export const FUNCTIONS: ReadonlyMap<string, FormulaFunction> = new Map(ALL.map((entry) => [entry.name, entry]));
