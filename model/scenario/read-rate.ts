import type { Node } from '../document/source.ts';
import { checkFormula, readFormula } from '../plan/read-formula.ts';
import { baseUnitSymbol } from '../units/dimension.ts';
import { formatNumber } from '../units/format.ts';
import type { ScenarioContext } from './read-context.ts';

/** More than any generator or simulation is asked for. */
export const MAX_RATE_PER_S = 1e6;

/** A rate in req/s: a number or a formula over the plan's quantities; above 0, or from 0 on where nothing may be asked for. */
export function readRate(context: ScenarioContext, node: Node, what: string, mayBeZero = false): number | undefined {
  const { source, plan, values, dimensions } = context;
  const formula = source.text_of(node, what);
  const expression = formula === undefined ? undefined : readFormula(source, node, formula, plan.units);
  const dimension = expression && checkFormula(source, node, expression, dimensions, plan.units);
  if (!expression || !dimension) return undefined;
  if (baseUnitSymbol(dimension) !== 'req/s') {
    return source.report('UNIT', node, `${what} should be in \`req/s\``, {
      help: 'as in `7,000 req/s` or `traffic.requests.peak`',
    });
  }
  const rate = values.evaluate(expression);
  if ((rate > 0 || (mayBeZero && rate === 0)) && rate <= MAX_RATE_PER_S) return rate;
  const least = mayBeZero ? 'be at least 0' : 'lie above 0';
  return source.report('RANGE', node, `${what} should ${least} and be at most ${formatNumber(MAX_RATE_PER_S)} req/s`);
}
