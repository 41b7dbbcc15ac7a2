import { InvalidInput } from '../document/diagnostic.ts';
import type { Diagnostic, Problem } from '../document/diagnostic.ts';
import { nearest } from '../document/nearest.ts';
import { dimensionOf, namesIn } from '../formula/evaluate.ts';
import { isFormulaProblem, parseFormula } from '../formula/parse.ts';
import type { Expression, FormulaProblem } from '../formula/parse.ts';
import { whyNotFinite } from '../formula/why-not-finite.ts';
import { baseUnitSymbol, sameDimension } from '../units/dimension.ts';
import type { Dimension } from '../units/dimension.ts';
import { isLiteralError, parseLiteral } from '../units/literal.ts';
import { Values } from './compute.ts';
import { SHARE_NAME } from './read-value.ts';
import type { ArchitectureStep, Plan, PlannedTier, Quantity, TierFormula } from './plan.ts';

/** What a tier lets be set, as in `database.instances=3`. */
const TIER_KEYS = ['instances', 'capacity', 'headroom', 'price'] as const;
type TierKey = (typeof TIER_KEYS)[number];

/**
 * A plan in which single values are set anew, as `--set users.daily_active=20M` does: assumptions, derived quantities, and
 * instances, capacity, headroom or price of a tier at all its steps. A value is a number (without a unit it takes the
 * quantity's own) or a formula; what had a range becomes exactly this value.
 * @throws InvalidInput with every problem, each setting a line of its source.
 */
export function withSettings(plan: Plan, settings: readonly string[]): Plan {
  if (settings.length === 0) return plan;
  const problems: Diagnostic[] = [];
  let changed = plan;
  for (const [index, setting] of settings.entries()) changed = apply(changed, setting, index + 1, problems);
  if (problems.length === 0) reportNotFinite(changed, settings, problems);
  if (problems.length > 0) throw new InvalidInput(problems, settings.join('\n'));
  return changed;
}

function apply(plan: Plan, setting: string, line: number, problems: Diagnostic[]): Plan {
  const report = (problem: Problem, offset: number, length: number, message: string, help?: string): Plan => {
    problems.push(diagnostic(problem, line, offset, length, message, help));
    return plan;
  };
  const at = setting.indexOf('=');
  if (at <= 0)
    return report('SYNTAX', 0, setting.length, 'this sets nothing', 'write `name=value`, as in `peak.factor=5`');
  const name = setting.slice(0, at).trim();
  const text = setting.slice(at + 1);
  const place = placeOf(plan, name);
  if (!place) {
    const near = nearest(name, namesOf(plan));
    const help = near ? `did you mean \`${near}\`?` : '`shop-plan estimate --full` lists all names';
    return report('UNKNOWN_NAME', 0, name.length, `nothing is called \`${name}\``, help);
  }
  const read = readSetting(plan, place, text);
  if ('problem' in read) return report(read.problem, at + 1 + read.offset, read.length, read.message, read.help);
  if (place.quantity && reaches(plan, read.expression, place.quantity.id)) {
    return report(
      'CYCLE',
      at + 1,
      text.length,
      `\`${name}\` would be defined by itself`,
      'use other names, or a number',
    );
  }
  return place.quantity ? withQuantity(plan, place.quantity, read) : withTier(plan, place.tier, place.key, read);
}

type Place =
  | { readonly quantity: Quantity; readonly dimension: Dimension; readonly unit: string }
  | {
      readonly quantity?: undefined;
      readonly tier: string;
      readonly key: TierKey;
      readonly dimension: Dimension;
      readonly unit: string;
    };

function placeOf(plan: Plan, name: string): Place | undefined {
  const quantity = plan.quantities.get(name);
  if (quantity) {
    const { expression, dimension } = quantity;
    const written = expression.kind === 'literal' ? expression.literal.writtenUnit : undefined;
    return { quantity, dimension, unit: written ?? quantity.unit?.symbol ?? baseUnitSymbol(dimension) };
  }
  const dot = name.lastIndexOf('.');
  const key = TIER_KEYS.find((candidate) => candidate === name.slice(dot + 1));
  const tier = name.slice(0, Math.max(0, dot));
  const planned = plan.steps.flatMap(({ tiers }) => tiers).find(({ id }) => id === tier);
  const formula = key && planned?.[key];
  if (!key || !formula) return undefined;
  const written =
    formula.expression.kind === 'literal' ? formula.expression.literal.writtenUnit : baseUnitSymbol(formula.dimension);
  return { tier, key, dimension: formula.dimension, unit: written };
}

/** Every name that can be set. */
function namesOf(plan: Plan): string[] {
  const tiers = new Set(plan.steps.flatMap(({ tiers: all }) => all.map(({ id }) => id)));
  return [...plan.quantities.keys(), ...[...tiers].flatMap((id) => TIER_KEYS.map((key) => `${id}.${key}`))];
}

function readSetting(plan: Plan, place: Place, text: string): TierFormula | FormulaProblem {
  const bare = parseLiteral(text, plan.units);
  const isBare = !isLiteralError(bare) && bare.writtenUnit === '' && place.unit !== '' && !text.includes('*');
  const formula = isBare ? `${text.trim()} ${place.unit}` : text;
  const literal = parseLiteral(formula, plan.units);
  if (!isLiteralError(literal) && literal.value < 0 && place.dimension.size > 0) {
    const message = 'this cannot be negative';
    return { problem: 'NEGATIVE', message, help: 'write it without the minus', offset: 0, length: text.length };
  }
  const isShare = place.quantity !== undefined && SHARE_NAME.test(place.quantity.id);
  if (isShare && !isLiteralError(literal) && !(literal.value >= 0 && literal.value <= 1)) {
    const help = 'write a part of the whole, from 0 to 100 %';
    return { problem: 'RANGE', message: 'this is a share', help, offset: 0, length: text.length };
  }
  const expression = parseFormula(formula, plan.units);
  if (isFormulaProblem(expression)) return expression;
  const unknown = namesIn(expression).find((each) => !plan.quantities.has(each.name));
  if (unknown) {
    const near = nearest(unknown.name, plan.quantities.keys());
    const help = near ? { help: `did you mean \`${near}\`?` } : {};
    const message = `nothing is called \`${unknown.name}\``;
    return { problem: 'UNKNOWN_NAME', message, ...help, offset: unknown.offset, length: unknown.length };
  }
  const dimensions = new Map([...plan.quantities].map(([id, quantity]) => [id, quantity.dimension]));
  const problems: FormulaProblem[] = [];
  const dimension = dimensionOf(expression, dimensions, problems);
  const [first] = problems;
  if (first || !dimension) return first ?? noDimension(text);
  if (sameDimension(dimension, place.dimension)) return { formula, expression, dimension };
  const message = `this is in ${show(dimension)}, not in ${show(place.dimension)}`;
  return { problem: 'DIMENSION', message, help: 'keep the unit', offset: 0, length: text.length };
}

function noDimension(text: string): FormulaProblem {
  return { problem: 'DIMENSION', message: 'the unit of this cannot be told', offset: 0, length: text.length };
}

function reaches(plan: Plan, expression: Expression, id: string, seen = new Set<string>()): boolean {
  return namesIn(expression).some(({ name }) => {
    if (name === id) return true;
    if (seen.has(name)) return false;
    seen.add(name);
    const next = plan.quantities.get(name);
    return next !== undefined && reaches(plan, next.expression, id, seen);
  });
}

function withQuantity(plan: Plan, { range: _range, ...quantity }: Quantity, read: TierFormula): Plan {
  const { formula, expression } = read;
  const kind = expression.kind === 'literal' ? 'assumed' : 'derived';
  const set: Quantity = { ...quantity, kind, formula, expression, source: 'set by hand' };
  return { ...plan, quantities: new Map(plan.quantities).set(quantity.id, set) };
}

function withTier(plan: Plan, id: string, key: TierKey, read: TierFormula): Plan {
  const setTier = (tier: PlannedTier): PlannedTier => (tier.id === id ? { ...tier, [key]: read } : tier);
  const setStep = (step: ArchitectureStep): ArchitectureStep => ({ ...step, tiers: step.tiers.map(setTier) });
  return { ...plan, steps: plan.steps.map(setStep) };
}

/** A setting may take another quantity beyond what is possible; the first that it does is reported at the settings. */
function reportNotFinite(plan: Plan, settings: readonly string[], problems: Diagnostic[]): void {
  const values = new Values(plan.quantities);
  for (const { id, expression } of plan.quantities.values()) {
    const problem = whyNotFinite(expression, (name) => values.of(name));
    // An overloaded queue is an answer, shown as such; what cannot be computed at all is a mistake.
    if (!problem || problem.problem === 'UNSTABLE') continue;
    const message = `with this, \`${id}\` has no value: ${problem.message}`;
    problems.push(diagnostic(problem.problem, settings.length, 0, settings.at(-1)?.length ?? 1, message, problem.help));
  }
  if (problems.length === 0) reportNoCapacity(plan, values, settings, problems);
}

/** Of a tier at its first step, where what an instance carries is what others leave over. */
function reportNoCapacity(plan: Plan, values: Values, settings: readonly string[], problems: Diagnostic[]): void {
  for (const { step, tiers } of plan.steps) {
    const empty = tiers.find(({ capacity, demand }) => !(isPositive(capacity, values) && isPositive(demand, values)));
    if (!empty) continue;
    const spent = isPositive(empty.demand, values);
    const message = `with this, \`${empty.id}\` of step ${step} has no ${spent ? 'capacity left' : 'finite demand above 0'}`;
    const help = spent ? `its capacity is \`${empty.capacity.formula}\`` : `its demand is \`${empty.demand.formula}\``;
    problems.push(diagnostic('RANGE', settings.length, 0, settings.at(-1)?.length ?? 1, message, help));
    return;
  }
}

function isPositive({ expression }: TierFormula, values: Values): boolean {
  const value = values.evaluate(expression);
  return value > 0 && Number.isFinite(value);
}

function diagnostic(
  problem: Problem,
  line: number,
  offset: number,
  length: number,
  message: string,
  help: string | undefined,
): Diagnostic {
  const place = { line, column: offset + 1, length: Math.max(1, length) };
  const code = `SET_${problem}` as const;
  return { code, severity: 'error', path: '--set', ...place, message, ...(help === undefined ? {} : { help }) };
}

function show(dimension: Dimension): string {
  return dimension.size === 0 ? 'plain numbers' : `\`${baseUnitSymbol(dimension)}\``;
}
