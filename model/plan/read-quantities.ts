import { hasSplitNumber } from '../document/source.ts';
import type { Entry, Node, Source } from '../document/source.ts';
import { namesIn } from '../formula/evaluate.ts';
import type { Expression } from '../formula/parse.ts';
import { baseUnitSymbol, isDimensionless, sameDimension } from '../units/dimension.ts';
import type { Dimension } from '../units/dimension.ts';
import type { Unit, UnitTable } from '../units/unit.ts';
import type { Range } from '../uncertainty/range.ts';
import { Values } from './compute.ts';
import type { Quantity } from './plan.ts';
import { checkFormula, readFormula, readUnit, reportNotFinite } from './read-formula.ts';
import { readValue } from './read-value.ts';

/** A quantity whose text was read but whose names and units are not checked yet. */
interface Draft {
  readonly id: string;
  readonly kind: Quantity['kind'];
  readonly keyNode: Node;
  readonly formulaNode: Node;
  readonly formula: string;
  readonly expression: Expression;
  readonly range?: Range;
  readonly unit?: Unit;
  readonly title?: string;
  readonly source?: string;
  readonly note?: string;
}

/** Where quantities are written down. `cost` has more keys than the others, which its own reader takes. */
export interface QuantitySections {
  readonly assume: Node;
  readonly derive: Node;
  readonly cost: Node;
  /** Quantities that are complete already, from a price book. */
  readonly given: ReadonlyMap<string, Quantity>;
}

interface Section {
  readonly kind: Quantity['kind'];
  readonly node: Node;
  readonly title: string;
  readonly prefix: string;
  readonly keys: readonly string[];
}

/** How a quantity may be called. */
export const QUANTITY_ID = /^[a-z][a-z0-9_]*(\.[a-z0-9][a-z0-9_]*)*$/;
const TEXTS = ['title', 'source', 'note'] as const;

/**
 * Reads `assume`, `derive` and `cost` into quantities: checks names, cycles, units and that every value is finite, and
 * reports all that is wrong.
 */
export function readQuantities(source: Source, sections: QuantitySections, units: UnitTable): Map<string, Quantity> {
  const drafts = new Map<string, Draft>();
  const broken = new Set<string>();
  for (const section of sectionsOf(sections)) {
    if (section.node === undefined) continue;
    for (const entry of source.entries(section.node, section.title)) {
      const id = `${section.prefix}${entry.key}`;
      const draft = readDraft(source, id, entry, section, units);
      if (drafts.has(id) || broken.has(id) || sections.given.has(id)) {
        source.report('DUPLICATE', entry.keyNode, `\`${id}\` is defined twice`, { help: 'remove one of them' });
      } else if (draft) drafts.set(id, draft);
      else broken.add(id);
    }
  }
  const looping = reportCycles(source, drafts);
  return resolve(source, drafts, sections.given, new Set([...broken, ...looping]), units);
}

function sectionsOf({ assume, derive, cost }: QuantitySections): Section[] {
  return [
    { kind: 'assumed', node: assume, title: '`assume`', prefix: '', keys: ['value', 'low', 'high', 'distribution'] },
    { kind: 'derived', node: derive, title: '`derive`', prefix: '', keys: ['formula'] },
    { kind: 'derived', node: cost, title: '`cost`', prefix: 'cost.', keys: ['formula', 'from', 'until'] },
  ];
}

function readDraft(source: Source, id: string, entry: Entry, section: Section, units: UnitTable): Draft | undefined {
  const { keyNode, value } = entry;
  const { kind, keys } = section;
  if (!QUANTITY_ID.test(id)) {
    const help = 'use lower case, digits and `_`, with dots between the parts: `users.daily_active`';
    return source.report('TYPE', keyNode, `\`${entry.key}\` is not a name`, { help });
  }
  const formulaKey = kind === 'assumed' ? 'value' : 'formula';
  const isMapping = value !== undefined && 'items' in value;
  const fields = isMapping
    ? source.fields(value, `\`${id}\``, [...keys, 'unit', ...TEXTS], [formulaKey])
    : { [formulaKey]: value };
  const formulaNode = fields[formulaKey];
  if (formulaNode === undefined || hasSplitNumber(value)) return undefined;
  const formula = source.text_of(formulaNode, `\`${id}\``);
  if (formula === undefined) return undefined;
  const read =
    kind === 'assumed' ? readAssumed(source, fields, units, id) : readDerived(source, formulaNode, formula, units);
  if (!read) return undefined;
  const unit = fields['unit'] ? readUnit(source, fields['unit'], units) : undefined;
  return { id, kind, keyNode, formulaNode, formula, ...read, ...(unit ? { unit } : {}), ...readTexts(source, fields) };
}

function readAssumed(
  source: Source,
  fields: Record<string, Node>,
  units: UnitTable,
  id: string,
): ReturnType<typeof readValue> {
  const { value, low, high, distribution } = fields;
  return readValue(source, { value, low, high, distribution }, units, id);
}

function readDerived(
  source: Source,
  node: Node,
  formula: string,
  units: UnitTable,
): { expression: Expression } | undefined {
  const expression = readFormula(source, node, formula, units);
  return expression && { expression };
}

/** `title`, `source` and `note`, where they are there. */
export function readTexts(
  source: Source,
  fields: Readonly<Record<string, Node>>,
): Partial<Record<(typeof TEXTS)[number], string>> {
  return Object.fromEntries(
    TEXTS.flatMap((key) => {
      const text = fields[key] === undefined ? undefined : source.text_of(fields[key], `\`${key}\``);
      return text === undefined ? [] : [[key, text]];
    }),
  );
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
  given: ReadonlyMap<string, Quantity>,
  failed: ReadonlySet<string>,
  units: UnitTable,
): Map<string, Quantity> {
  const dimensions = new Map<string, Dimension | null>();
  for (const [id, { dimension }] of given) dimensions.set(id, dimension);
  for (const id of [...failed, ...drafts.keys()]) dimensions.set(id, null);
  const done = new Set<string>(failed);
  const visit = (draft: Draft): void => {
    if (done.has(draft.id)) return;
    done.add(draft.id);
    for (const name of namesIn(draft.expression)) {
      const next = drafts.get(name.name);
      if (next) visit(next);
    }
    const dimension = checkFormula(source, draft.formulaNode, draft.expression, dimensions, units);
    if (dimension && unitFits(source, draft, dimension)) dimensions.set(draft.id, dimension);
  };
  for (const draft of drafts.values()) visit(draft);
  const quantities = new Map(given);
  for (const { keyNode: _key, formulaNode: _formula, ...draft } of drafts.values()) {
    const dimension = dimensions.get(draft.id);
    if (dimension) quantities.set(draft.id, { ...draft, dimension });
  }
  reportAllNotFinite(source, drafts, quantities);
  return quantities;
}

/** Whatever is in `quantities` rests on others that are, so all of it has a value. */
function reportAllNotFinite(
  source: Source,
  drafts: ReadonlyMap<string, Draft>,
  quantities: ReadonlyMap<string, Quantity>,
): void {
  const values = new Values(quantities);
  for (const { id, formulaNode, expression } of drafts.values()) {
    if (quantities.has(id)) reportNotFinite(source, formulaNode, expression, values);
  }
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
