import { nearest } from '../document/nearest.ts';
import { dimensionOf, evaluate, namesIn } from '../formula/evaluate.ts';
import { isFormulaProblem, parseFormula } from '../formula/parse.ts';
import type { Expression, FormulaProblem } from '../formula/parse.ts';
import { RUNNING_COST } from '../plan/read-costs.ts';
import { baseUnitSymbol, sameDimension } from '../units/dimension.ts';
import type { Dimension } from '../units/dimension.ts';
import type { UnitTable } from '../units/unit.ts';
import { utilisationName } from './goal-figures.ts';
import { refuse } from './goal-problem.ts';
import type { GoalProblem } from './goal-problem.ts';

export type Comparison = '<' | '<=' | '>' | '>=';

/** What has to hold: `utilisation.database <= 70 %`, or any two formulas of one dimension. */
export interface Goal {
  readonly text: string;
  readonly comparison: Comparison;
  readonly left: GoalSide;
  readonly right: GoalSide;
  /** The unit that the goal itself is written in, else base units. */
  readonly unit: { readonly symbol: string; readonly factor: number };
}

export interface GoalSide {
  readonly text: string;
  readonly expression: Expression;
}

export interface GoalContext {
  readonly units: UnitTable;
  /** Of every name that goals may use. */
  readonly dimensions: ReadonlyMap<string, Dimension>;
  /** What to say of a name that is not there, where there is more to say than the nearest one. */
  readonly missing?: (name: string) => string | undefined;
}

const COMPARISON = /<=|>=|<|>|=+|≤|≥/;
const EXAMPLE = 'write `<formula> <= <formula>`, as in `utilisation.app <= 70 %`';
const CORRECTED: Readonly<Record<string, string>> = { '≤': '<=', '≥': '>=' };
/** `utilisation.load-balancer` and `utilisation(load-balancer)`, which formulas would not take for names. */
const TIER_NAME = /utilisation(?:\.([\w-]+)|\(\s*([\w-]+)\s*\))/g;

/**
 * Reads a goal: two formulas with a comparison between them, names and units checked.
 * @throws InvalidInput with the first thing that is wrong.
 */
export function parseGoal(text: string, context: GoalContext): Goal {
  const fail = (found: GoalProblem): never => refuse('goal', text, found);
  const [sign, ...more] = [...text.matchAll(new RegExp(COMPARISON, 'g'))];
  if (!sign) return fail({ problem: 'SYNTAX', message: 'this goal compares nothing', help: EXAMPLE, ...whole(text) });
  const comparison = comparisonOf(sign[0]);
  const [second] = more;
  if (!comparison || second) {
    const { 0: word, index } = second ?? sign;
    const message = second ? 'a goal compares once' : `\`${word}\` is not a comparison`;
    const help = second ? EXAMPLE : `write ${CORRECTED[word] ?? '<, <=, > or >='}`;
    return fail({ problem: 'SYNTAX', message, help, offset: index, length: word.length });
  }
  const at = sign.index + sign[0].length;
  const left = readSide(text, 0, sign.index, context);
  const right = readSide(text, at, text.length, context);
  if (!sameDimension(left.dimension, right.dimension)) {
    const message = `${named(left.dimension)} cannot be compared with ${named(right.dimension)}`;
    const place = { offset: right.side.expression.offset, length: right.side.expression.length };
    return fail({ problem: 'DIMENSION', message, help: bringTogether(left.dimension, right.side), ...place });
  }
  const bare = bareShare(left.side, right.side) ?? bareShare(right.side, left.side);
  if (bare) return fail(bare);
  return { text, comparison, left: left.side, right: right.side, unit: unitOf(left.side, right.side, left.dimension) };
}

/** A side's value and whether the goal holds. A side without a finite value meets nothing. */
export function judgeGoal(
  goal: Goal,
  valueOf: (name: string) => number,
): { readonly left: number; readonly right: number; readonly met: boolean; readonly shortfall: number } {
  const left = evaluate(goal.left.expression, valueOf);
  const right = evaluate(goal.right.expression, valueOf);
  if (!Number.isFinite(left) || !Number.isFinite(right)) return { left, right, met: false, shortfall: Infinity };
  const shortfall = goal.comparison.startsWith('<') ? left - right : right - left;
  // 7 × 0.1 is not above 0.7: what is equal but for the arithmetic counts as equal.
  const noise = Math.max(Math.abs(left), Math.abs(right)) * 1e-12;
  return { left, right, met: goal.comparison.endsWith('=') ? shortfall <= noise : shortfall < -noise, shortfall };
}

/** A utilisation held against 50 is held against 5,000 %, which nobody means. */
function bareShare({ expression: share }: GoalSide, { expression, text }: GoalSide): GoalProblem | undefined {
  if (share.kind !== 'name' || !share.name.startsWith(utilisationName(''))) return undefined;
  if (expression.kind !== 'literal' || expression.literal.unit !== '' || expression.literal.value < BARE_MIN)
    return undefined;
  const { offset, length } = expression;
  return { problem: 'UNIT', message: 'a utilisation is a share', help: `write \`${text} %\``, offset, length };
}

/** Plain numbers from here on are surely percent. */
const BARE_MIN = 10;

function comparisonOf(text: string): Comparison | undefined {
  return text === '<' || text === '<=' || text === '>' || text === '>=' ? text : undefined;
}

function readSide(
  text: string,
  from: number,
  to: number,
  context: GoalContext,
): { readonly side: GoalSide; readonly dimension: Dimension } {
  const fail = (found: GoalProblem): never => refuse('goal', text, found);
  // Everything before this side becomes spaces, so that offsets count from the start of the goal.
  const padded = ' '.repeat(from) + text.slice(from, to).replaceAll(TIER_NAME, asName);
  const expression = parseFormula(padded, context.units);
  if (isFormulaProblem(expression)) return fail(expression);
  const unknown = namesIn(expression).find(({ name }) => !context.dimensions.has(name));
  if (unknown) return fail(unknownName(unknown, context));
  const problems: FormulaProblem[] = [];
  const dimension = dimensionOf(expression, context.dimensions, problems);
  if (!dimension) return fail(problems[0] ?? { problem: 'DIMENSION', message: 'this has no unit', ...whole(text) });
  return { side: { text: text.slice(from, to).trim(), expression }, dimension };
}

/** The same tier as one name of the same length. */
function asName(written: string, dotted: string | undefined, called: string | undefined): string {
  return utilisationName(dotted ?? called ?? '').padEnd(written.length);
}

function unknownName(unknown: Expression & { kind: 'name' }, { dimensions, missing }: GoalContext): GoalProblem {
  const { name, offset, length } = unknown;
  const near = nearest(name, dimensions.keys());
  const help = missing?.(name) ?? (near ? `did you mean \`${near}\`?` : '`shop-plan estimate --full` lists all names');
  return { problem: 'UNKNOWN_NAME', message: `nothing is called \`${name}\``, help, offset, length };
}

function unitOf(left: GoalSide, right: GoalSide, dimension: Dimension): Goal['unit'] {
  for (const { expression } of [right, left]) {
    if (expression.kind === 'literal') return { symbol: expression.literal.unit, factor: expression.literal.factor };
  }
  return { symbol: baseUnitSymbol(dimension), factor: 1 };
}

function bringTogether(left: Dimension, { expression, text }: GoalSide): string {
  const isBare = expression.kind === 'literal' && expression.literal.writtenUnit === '';
  if (!isBare) return 'bring both sides to the same unit';
  const full = sameDimension(left, RUNNING_COST) ? `$${text}/month` : `${text} ${baseUnitSymbol(left)}`;
  return `write it with its unit, as in \`${full}\``;
}

function named(dimension: Dimension): string {
  return dimension.size === 0 ? 'a plain number' : `\`${baseUnitSymbol(dimension)}\``;
}

function whole(text: string): { offset: number; length: number } {
  const trimmed = text.trim();
  return { offset: text.indexOf(trimmed), length: trimmed.length };
}
