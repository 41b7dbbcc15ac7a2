import { dimensionOf, evaluate, namesIn } from '../formula/evaluate.ts';
import { isFormulaProblem, parseFormula } from '../formula/parse.ts';
import type { FormulaProblem } from '../formula/parse.ts';
import { DIMENSIONLESS } from '../units/dimension.ts';
import type { Unit } from '../units/unit.ts';
import type { AskedFor } from './asked-for.ts';

const OPERATION = /[\d)%a-z] ?[*/+×x] ?[(\d$]/i;
const TIMES = /(?<=[\d) ])[×x](?=[\d( ])/gi;

/**
 * The result of arithmetic that somebody types in place of its result, as a plain number of some unit: `10M * 20 / 86400`,
 * `10M users * 20 req/user/day`. Undefined for everything else.
 */
export function readArithmetic(words: string, { units }: AskedFor): { value: number; unit: Unit } | undefined {
  if (!OPERATION.test(words)) return undefined;
  const expression = parseFormula(words.replaceAll(TIMES, '*'), units);
  if (isFormulaProblem(expression) || namesIn(expression).length > 0) return undefined;
  const problems: FormulaProblem[] = [];
  const dimension = dimensionOf(expression, new Map(), problems) ?? DIMENSIONLESS;
  if (problems.length > 0) return undefined;
  return { value: evaluate(expression, () => Number.NaN), unit: { dimension, factor: 1, symbol: '' } };
}
