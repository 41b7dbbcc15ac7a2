import { hasSplitNumber } from '../document/source.ts';
import type { Node, Source } from '../document/source.ts';
import { nearest } from '../document/nearest.ts';
import { dimensionOf, namesIn } from '../formula/evaluate.ts';
import { isFormulaProblem, parseFormula } from '../formula/parse.ts';
import type { Expression, FormulaProblem } from '../formula/parse.ts';
import { baseUnitSymbol, isDimensionless, sameDimension } from '../units/dimension.ts';
import type { Dimension } from '../units/dimension.ts';
import { isLiteralError, parseLiteral } from '../units/literal.ts';
import type { Unit, UnitTable } from '../units/unit.ts';
import type { Quantity } from './plan.ts';

/** A quantity whose text was read but whose names and units are not checked yet. */
interface Draft {
  readonly id: string;
  readonly kind: Quantity['kind'];
  readonly keyNode: Node;
  readonly formulaNode: Node;
  readonly formula: string;
  readonly expression: Expression;
  readonly unit?: Unit;
  readonly title?: string;
  readonly source?: string;
  readonly note?: string;
}

/** Names that say they hold a measured thing, where a plain number is surely a forgotten unit; with example units. */
const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  latency: ['ms', 's'],
  duration: ['s', 'h'],
  timeout: ['ms', 's'],
  ttl: ['s', 'min'],
  retention: ['days', 'years'],
  size: ['KB', 'MB'],
  memory: ['MB', 'GB'],
  storage: ['GB', 'TB'],
  bandwidth: ['MB/s', 'Gbit/s'],
  rate: ['req/s', '%'],
};
const MEASURED_NAME = new RegExp(`(?:^|[._])(${Object.keys(EXAMPLES).join('|')})(?:$|[._])`);

const ID = /^[a-z][a-z0-9_]*(\.[a-z0-9][a-z0-9_]*)*$/;

/** Reads `assume` and `derive` into quantities: checks names, cycles and units, and reports all that is wrong. */
export function readQuantities(source: Source, assume: Node, derive: Node, units: UnitTable): Map<string, Quantity> {
  const drafts = new Map<string, Draft>();
  const broken = new Set<string>();
  for (const [node, kind] of [[assume, 'assumed'] as const, [derive, 'derived'] as const]) {
    if (node === undefined) continue;
    for (const entry of source.entries(node, kind === 'assumed' ? '`assume`' : '`derive`')) {
      const draft = readDraft(source, entry.key, entry.keyNode, entry.value, kind, units);
      if (drafts.has(entry.key) || broken.has(entry.key)) {
        source.report('DUPLICATE', entry.keyNode, `\`${entry.key}\` is both assumed and derived`);
      } else if (draft) drafts.set(entry.key, draft);
      else broken.add(entry.key);
    }
  }
  const looping = reportCycles(source, drafts);
  return resolve(source, drafts, new Set([...broken, ...looping]));
}

function readDraft(
  source: Source,
  id: string,
  keyNode: Node,
  value: Node,
  kind: Quantity['kind'],
  units: UnitTable,
): Draft | undefined {
  if (!ID.test(id)) {
    const help = 'use lower case, digits and `_`, with dots between the parts: `users.daily_active`';
    return source.report('TYPE', keyNode, `\`${id}\` is not a name`, { help });
  }
  const formulaKey = kind === 'assumed' ? 'value' : 'formula';
  const isMapping = value !== undefined && 'items' in value;
  const fields = isMapping
    ? source.fields(value, `\`${id}\``, [formulaKey, 'unit', 'title', 'source', 'note'], [formulaKey])
    : { [formulaKey]: value };
  const formulaNode = fields[formulaKey];
  if (formulaNode === undefined || hasSplitNumber(value)) return undefined;
  const formula = source.text_of(formulaNode, `\`${id}\``);
  if (formula === undefined) return undefined;
  const expression =
    kind === 'assumed'
      ? readLiteral(source, formulaNode, formula, units, id)
      : readFormula(source, formulaNode, formula, units);
  if (!expression) return undefined;
  const unit = fields['unit'] ? readUnit(source, fields['unit'], units) : undefined;
  const texts = Object.fromEntries(
    (['title', 'source', 'note'] as const).flatMap((key) => {
      const text = fields[key] === undefined ? undefined : source.text_of(fields[key], `\`${key}\``);
      return text === undefined ? [] : [[key, text]];
    }),
  );
  return { id, kind, keyNode, formulaNode, formula, expression, ...(unit ? { unit } : {}), ...texts };
}

function readLiteral(source: Source, node: Node, text: string, units: UnitTable, id: string): Expression | undefined {
  const literal = parseLiteral(text, units);
  if (!isLiteralError(literal)) {
    const measured = EXAMPLES[MEASURED_NAME.exec(id)?.[1] ?? ''];
    if (literal.unit !== '' || !measured) return { kind: 'literal', literal, text, offset: 0, length: text.length };
    const help = `write ${measured.map((unit) => `\`${text.trim()} ${unit}\``).join(' or ')}`;
    return source.report('UNIT', node, `\`${id}\` needs a unit`, { help });
  }
  const near = literal.problem === 'unit' ? nearestUnit(text.slice(literal.offset), units) : undefined;
  const help = near ?? literal.help;
  return source.report(literal.problem === 'unit' ? 'UNIT' : 'TYPE', node, literal.message, {
    ...(help ? { help } : {}),
    within: { offset: literal.offset, length: literal.length },
  });
}

/** Reads a formula; syntax errors and unknown units are reported at their place. */
export function readFormula(source: Source, node: Node, text: string, units: UnitTable): Expression | undefined {
  const parsed = parseFormula(text, units);
  if (!isFormulaProblem(parsed)) return parsed;
  const near = parsed.problem === 'UNIT' ? nearestUnit(text.slice(parsed.offset), units) : undefined;
  reportFormula(source, node, near ? { ...parsed, help: near } : parsed);
  return undefined;
}

/** Checks a formula's names and units against known quantities; undefined when anything is wrong. */
export function checkFormula(
  source: Source,
  node: Node,
  expression: Expression,
  dimensions: ReadonlyMap<string, Dimension | null>,
): Dimension | undefined {
  let known = true;
  for (const name of namesIn(expression)) {
    if (dimensions.has(name.name)) continue;
    known = false;
    const near = nearest(name.name, dimensions.keys());
    const help = near ? `did you mean \`${near}\`?` : 'add it under `assume` or `derive`';
    const within = { offset: name.offset, length: name.length };
    source.report('UNKNOWN_NAME', node, `nothing is called \`${name.name}\``, { help, within });
  }
  if (!known) return undefined;
  const problems: FormulaProblem[] = [];
  const dimension = dimensionOf(expression, dimensions, problems);
  for (const problem of problems) reportFormula(source, node, problem);
  return problems.length > 0 ? undefined : dimension;
}

function reportFormula(source: Source, node: Node, problem: FormulaProblem): void {
  const { offset, length, help } = problem;
  source.report(problem.problem, node, problem.message, { ...(help ? { help } : {}), within: { offset, length } });
}

function nearestUnit(text: string, units: UnitTable): string {
  const word = /[A-Za-zµ]+/.exec(text)?.[0] ?? '';
  const near = nearest(word, units.names());
  return near ? `did you mean \`${near}\`?` : 'list it under `units:` if it is something this plan counts';
}

function readUnit(source: Source, node: Node, units: UnitTable): Unit | undefined {
  const text = source.text_of(node, '`unit`');
  if (text === undefined) return undefined;
  const unit = units.parse(text);
  if (!('unknown' in unit)) return unit;
  const help = nearestUnit(unit.unknown, units);
  return source.report('UNIT', node, `\`${unit.unknown}\` is not a unit`, { help });
}

/** Reports each cycle once, at the first of its names in the file, and returns every name that lies on one. */
function reportCycles(source: Source, drafts: ReadonlyMap<string, Draft>): Set<string> {
  const state = new Map<string, 'open' | 'done'>();
  const looping = new Set<string>();
  const visit = (id: string, trail: readonly string[]): void => {
    const draft = drafts.get(id);
    if (!draft || state.get(id) === 'done') return;
    if (state.get(id) === 'open') {
      const cycle = trail.slice(trail.indexOf(id));
      for (const name of cycle) looping.add(name);
      const path = [...cycle, id].map((name) => `\`${name}\``).join(' → ');
      const help = 'make one of them an assumption';
      source.report('CYCLE', draft.keyNode, `\`${id}\` is defined by itself: ${path}`, { help });
      return;
    }
    state.set(id, 'open');
    for (const name of namesIn(draft.expression)) visit(name.name, [...trail, id]);
    state.set(id, 'done');
  };
  for (const id of drafts.keys()) visit(id, []);
  return looping;
}

/** Works out every dimension, dependencies first, and checks it against the unit the plan asks for. */
function resolve(
  source: Source,
  drafts: ReadonlyMap<string, Draft>,
  failed: ReadonlySet<string>,
): Map<string, Quantity> {
  const dimensions = new Map<string, Dimension | null>();
  for (const id of [...failed, ...drafts.keys()]) dimensions.set(id, null);
  const done = new Set<string>(failed);
  const visit = (draft: Draft): void => {
    if (done.has(draft.id)) return;
    done.add(draft.id);
    for (const name of namesIn(draft.expression)) {
      const next = drafts.get(name.name);
      if (next) visit(next);
    }
    const dimension = checkFormula(source, draft.formulaNode, draft.expression, dimensions);
    if (dimension && unitFits(source, draft, dimension)) dimensions.set(draft.id, dimension);
  };
  for (const draft of drafts.values()) visit(draft);
  const quantities = new Map<string, Quantity>();
  for (const { keyNode: _key, formulaNode: _formula, ...draft } of drafts.values()) {
    const dimension = dimensions.get(draft.id);
    if (dimension) quantities.set(draft.id, { ...draft, dimension });
  }
  return quantities;
}

function unitFits(source: Source, draft: Draft, dimension: Dimension): boolean {
  if (draft.unit && !sameDimension(draft.unit.dimension, dimension)) {
    const is = isDimensionless(dimension) ? 'a plain number' : `\`${baseUnitSymbol(dimension)}\``;
    const help = `change \`unit\` or the ${draft.kind === 'assumed' ? 'value' : 'formula'}`;
    const message = `\`${draft.id}\` comes out in ${is}, not in \`${draft.unit.symbol}\``;
    source.report('DIMENSION', draft.formulaNode, message, { help });
    return false;
  }
  return true;
}
