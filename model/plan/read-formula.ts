import type { Node, Source } from '../document/source.ts';
import { nearest } from '../document/nearest.ts';
import { dimensionOf, namesIn } from '../formula/evaluate.ts';
import { isFormulaProblem, parseFormula } from '../formula/parse.ts';
import type { Expression, FormulaProblem } from '../formula/parse.ts';
import { whyNotFinite } from '../formula/why-not-finite.ts';
import type { Dimension } from '../units/dimension.ts';
import type { Unit, UnitTable } from '../units/unit.ts';
import type { Values } from './compute.ts';
import type { TierFormula } from './plan.ts';

/** What formulas outside of `assume` and `derive` are read with. */
export interface FormulaContext {
  readonly source: Source;
  readonly units: UnitTable;
  /** Of every name; `null` for a name whose own definition is wrong. */
  readonly dimensions: ReadonlyMap<string, Dimension | null>;
}

/** Reads a formula; syntax errors and unknown units are reported at their place. */
export function readFormula(source: Source, node: Node, text: string, units: UnitTable): Expression | undefined {
  const parsed = parseFormula(text, units);
  if (!isFormulaProblem(parsed)) return parsed;
  const near = parsed.problem === 'UNIT' ? nearestUnit(text.slice(parsed.offset), units) : undefined;
  reportFormula(source, node, near ? { ...parsed, help: near } : parsed);
  return undefined;
}

/** Reads a formula and works out its dimension; undefined after what is wrong was reported. */
export function readCheckedFormula(context: FormulaContext, node: Node, what: string): TierFormula | undefined {
  if (node === undefined) return undefined;
  const formula = context.source.text_of(node, what);
  const expression = formula === undefined ? undefined : readFormula(context.source, node, formula, context.units);
  const dimension = expression && checkFormula(context.source, node, expression, context.dimensions, context.units);
  return formula !== undefined && expression && dimension ? { formula, expression, dimension } : undefined;
}

/** Checks a formula's names and units against known quantities; undefined when anything is wrong. */
export function checkFormula(
  source: Source,
  node: Node,
  expression: Expression,
  dimensions: ReadonlyMap<string, Dimension | null>,
  units?: UnitTable,
): Dimension | undefined {
  let known = true;
  for (const name of namesIn(expression)) {
    if (dimensions.has(name.name)) continue;
    known = false;
    const near = nearest(name.name, dimensions.keys());
    const unit = units?.get(name.name) ? 'a unit is written without spaces, as in `3_000 query/s/server`' : undefined;
    const help = near ? `did you mean \`${near}\`?` : (unit ?? 'add it under `assume` or `derive`');
    const within = { offset: name.offset, length: name.length };
    source.report('UNKNOWN_NAME', node, `nothing is called \`${name.name}\``, { help, within });
  }
  if (!known) return undefined;
  const problems: FormulaProblem[] = [];
  const dimension = dimensionOf(expression, dimensions, problems);
  for (const problem of problems) reportFormula(source, node, problem);
  return problems.length > 0 ? undefined : dimension;
}

/** Reports a formula that has no finite value although everything in it has one. */
export function reportNotFinite(source: Source, node: Node, expression: Expression, values: Values): void {
  const problem = whyNotFinite(expression, (name) => values.of(name));
  if (problem) reportFormula(source, node, problem);
}

function reportFormula(source: Source, node: Node, problem: FormulaProblem): void {
  const { offset, length, help } = problem;
  source.report(problem.problem, node, problem.message, { ...(help ? { help } : {}), within: { offset, length } });
}

/** The help for a word that is no unit. */
export function nearestUnit(text: string, units: UnitTable): string {
  const word = /[A-Za-zµ]+/.exec(text)?.[0] ?? '';
  if (/^(EUR|GBP|JPY|CHF|INR)$/i.test(word)) return 'money is in dollars: `$` or `USD`';
  const near = nearest(word, units.names());
  return near ? `did you mean \`${near}\`?` : 'list it under `units:` if it is something this plan counts';
}

export function readUnit(source: Source, node: Node, units: UnitTable): Unit | undefined {
  const text = source.text_of(node, '`unit`');
  if (text === undefined) return undefined;
  const unit = units.parse(text);
  if (!('unknown' in unit)) return unit;
  const help = nearestUnit(unit.unknown, units);
  return source.report('UNIT', node, `\`${unit.unknown}\` is not a unit`, { help });
}
