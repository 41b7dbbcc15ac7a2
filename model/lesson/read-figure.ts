import type { Node, Source } from '../document/source.ts';
import { nearest } from '../document/nearest.ts';
import type { DisplayUnit } from '../estimate/display-unit.ts';
import { evaluate, namesIn } from '../formula/evaluate.ts';
import type { Expression } from '../formula/parse.ts';
import { whyNotFinite } from '../formula/why-not-finite.ts';
import type { Claim } from '../plan/plan.ts';
import { checkFormula, nearestUnit, readFormula } from '../plan/read-formula.ts';
import { baseUnitSymbol, isDimensionless, sameDimension } from '../units/dimension.ts';
import type { Dimension } from '../units/dimension.ts';
import type { Unit } from '../units/unit.ts';
import { codeName } from './lesson-values.ts';
import type { LessonContext } from './lesson-context.ts';
import { showFigure, usualUnit } from './show-figure.ts';
import type { Place } from './template.ts';

/** A number of a lesson: computed from the plan, or read from what is stored. */
export interface Figure {
  /** In base units. */
  readonly value: number;
  readonly dimension: Dimension;
  /** The unit that was asked for, or that the plan writes it in; null for whatever reads best. */
  readonly unit: DisplayUnit | null;
  /** True when the lesson itself chose the unit. */
  readonly isUnitAsked: boolean;
  /** As a sentence has it: `9 servers`, `7,000 req/s`. */
  readonly shown: string;
}

/** Reads a value that is a formula and nothing else: `database.reads_cached`, `step_1.app.utilisation | %`. */
export function readFigure(context: LessonContext, node: Node, what: string): Figure | undefined {
  const text = node === undefined ? undefined : context.source.text_of(node, what);
  return text === undefined ? undefined : figureAt(context, node, text, { offset: 0, length: text.length });
}

/** Reads `formula | unit | 2 digits` at a place of a value's text; undefined after what is wrong with it was reported. */
export function figureAt(context: LessonContext, node: Node, text: string, place: Place): Figure | undefined {
  const [formula, ...rest] = partsOf(text, place);
  if (!formula) return undefined;
  const asked = readAsked(context, node, rest);
  if (!asked) return undefined;
  const stated = asked.unit === null && asked.digits === undefined ? statedAt(context, node, formula) : null;
  if (stated !== null) return stated;
  const expression = expressionAt(context, node, formula);
  const dimension = expression && checkNames(context, node, expression);
  if (!expression || !dimension || !fits(context.source, node, formula, dimension, asked.unit)) return undefined;
  const value = valueOf(context, node, expression, formula);
  const unit = asked.unit ?? ownUnit(context, expression) ?? usualUnit(dimension);
  if (value === undefined) return undefined;
  const shown = showFigure(value, dimension, unit, asked.digits);
  return { value, dimension, unit, isUnitAsked: asked.unit !== null, shown };
}

/** A part between `|`, without the spaces around it. */
interface Part extends Place {
  readonly text: string;
}

function partsOf(text: string, { offset, length }: Place): Part[] {
  let at = offset;
  return text
    .slice(offset, offset + length)
    .split('|')
    .map((part) => {
      const lead = part.length - part.trimStart().length;
      const found = { text: part.trim(), offset: at + lead, length: Math.max(1, part.trim().length) };
      at += part.length + 1;
      return found;
    });
}

interface Asked {
  readonly unit: Unit | null;
  readonly digits?: number;
}

function readAsked({ source, values }: LessonContext, node: Node, parts: readonly Part[]): Asked | undefined {
  let asked: Asked = { unit: null };
  for (const part of parts) {
    const digits = /^([1-9]) digits?$/.exec(part.text)?.[1];
    const unit = digits === undefined ? values.units.parse(part.text) : undefined;
    if (unit && 'unknown' in unit) {
      const help = part.text.includes('digit') ? 'write `2 digits`' : nearestUnit(unit.unknown, values.units);
      return source.report('UNIT', node, `\`${part.text}\` is not a unit`, { help, within: part });
    }
    asked = digits === undefined ? { ...asked, unit: unit ?? null } : { ...asked, digits: Number(digits) };
  }
  return asked;
}

/** `claimed.…` alone is what the document writes, not a number; null for anything else. */
function statedAt({ source, values: { claims } }: LessonContext, node: Node, part: Part): Figure | undefined | null {
  const id = /^claimed\.([\w.-]+)$/.exec(part.text)?.[1];
  if (id === undefined || /\.(?:low|high)$/.test(id)) return null;
  const claim = claims.get(codeName(id));
  if (claim) return statedFigure(claim);
  const near = nearest(codeName(id), claims.keys());
  const help =
    near === undefined ? '`shop-plan audit --full` lists all claims' : `did you mean \`${nameOf(claims, near)}\`?`;
  return source.report('UNKNOWN_NAME', node, `no claim is called \`${id}\``, { help, within: part });
}

function nameOf(claims: ReadonlyMap<string, Claim>, name: string): string {
  return `claimed.${claims.get(name)?.id ?? name}`;
}

function statedFigure({ says: { text, literal } }: Claim): Figure {
  const { value, dimension, unit: symbol, factor } = literal;
  return { value, dimension, unit: { symbol, factor }, isUnitAsked: false, shown: text.replace('..', ' to ') };
}

/** The formula parsed where it stands, so that its problems have their places in the whole text. */
function expressionAt({ source, values }: LessonContext, node: Node, { text, offset }: Part): Expression | undefined {
  return readFormula(source, node, ' '.repeat(offset) + text, values.units);
}

function checkNames(context: LessonContext, node: Node, expression: Expression): Dimension | undefined {
  const { source, values } = context;
  const unread = namesIn(expression).flatMap(({ name, offset, length }) => {
    const why = values.named.has(name) ? undefined : whyNoReading(context, name);
    if (why) source.report('UNKNOWN_NAME', node, why.message, { help: why.help, within: { offset, length } });
    return why ? [name] : [];
  });
  return unread.length > 0 ? undefined : checkFormula(source, node, expression, values.dimensions, values.units);
}

/** What is to be said of `measured.…` of a claim that is there, and has no such reading stored; undefined for other names. */
function whyNoReading({ values }: LessonContext, name: string): { message: string; help: string } | undefined {
  const [, by = '', id = ''] = /^(measured|simulated|claimed)\.(.+)$/.exec(name) ?? [];
  const claim = values.claims.get(id);
  if (!claim) return undefined;
  if (by === 'claimed') return { message: `\`${name}\` is a range`, help: `write \`${name}.low\` or \`${name}.high\`` };
  const other = `${by === 'measured' ? 'simulated' : 'measured'}.${id}`;
  const help = values.named.has(other)
    ? `there is \`${other}\``
    : `there is \`claimed.${claim.id}\`, what the document says`;
  return { message: `no ${by} reading of \`${claim.id}\` is stored`, help };
}

function fits(source: Source, node: Node, formula: Part, dimension: Dimension, unit: Unit | null): boolean {
  if (!unit || sameDimension(unit.dimension, dimension)) return true;
  const is = isDimensionless(dimension) ? 'a plain number' : `\`${baseUnitSymbol(dimension)}\``;
  const message = `\`${formula.text}\` comes out in ${is}, not in \`${unit.symbol}\``;
  source.report('DIMENSION', node, message, { help: 'change the unit or the formula', within: formula });
  return false;
}

function valueOf(
  { source, values }: LessonContext,
  node: Node,
  expression: Expression,
  part: Part,
): number | undefined {
  const of = (name: string): number => values.named.get(name)?.value() ?? Number.NaN;
  const value = evaluate(expression, of);
  if (Number.isFinite(value)) return value;
  const why = whyNotFinite(expression, of);
  const message = why?.message ?? `\`${part.text}\` has no finite value`;
  const help = why?.help === undefined ? {} : { help: why.help };
  return source.report(why?.problem ?? 'NOT_FINITE', node, message, { ...help, within: why ?? part });
}

/** A name is shown as the plan has it, and a number as it is written. */
function ownUnit({ values }: LessonContext, expression: Expression): DisplayUnit | null {
  if (expression.kind === 'name') return values.named.get(expression.name)?.unit ?? null;
  if (expression.kind !== 'literal') return null;
  const { unit: symbol, factor } = expression.literal;
  return { symbol, factor };
}
