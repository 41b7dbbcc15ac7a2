import { isMap, isScalar } from 'yaml';
import { Source } from '../document/source.ts';
import type { Node } from '../document/source.ts';
import { metricClasses, parseCriterion } from '../judge/criterion.ts';
import type { Criterion } from '../judge/criterion.ts';
import type { Dimension } from '../units/dimension.ts';
import { UnitTable } from '../units/unit.ts';
import { Values } from './compute.ts';
import type { Plan, RequestClass } from './plan.ts';
import { readArchitecture } from './read-architecture.ts';
import { readClaims } from './read-claims.ts';
import { reportUnknownClasses } from './report-classes.ts';
import { readBudgets, readCosts } from './read-costs.ts';
import { readKeys } from './read-keys.ts';
import { readGrowth, readPatterns, readSpikes } from './read-over-time.ts';
import { readPrices } from './read-price-book.ts';
import type { FindPriceBook } from './read-price-book.ts';
import { readQuantities } from './read-quantities.ts';
import { readFeeds, readRequests } from './read-requests.ts';
import { withEntries, withoutSection } from './section-text.ts';
import type { PartOfSection } from './section-text.ts';

const KEYS = [
  'plan',
  'title',
  'application',
  'documents',
  'units',
  'prices',
  'assume',
  'derive',
  'cost',
  'growth',
  'patterns',
  'spikes',
  'feeds',
  'keys',
  'requests',
  'architecture',
  'budgets',
  'slo',
  'claims',
];

export interface ReadPlanOptions {
  /** Where price books come from; a plan that names one it does not find is refused. */
  readonly priceBook?: FindPriceBook;
  /** Which claims are read, by their id: they are the larger half of a plan, and an estimate needs none of them. All when absent. */
  readonly claims?: boolean | ((id: string) => boolean);
}

/**
 * Reads a plan. `path` only labels the problems.
 * @throws InvalidInput with every problem of the file, in file order; problems of a price book come by themselves.
 */
export function readPlan(path: string, text: string, options: ReadPlanOptions = {}): Plan {
  const part = partOf(text, options.claims);
  const source = new Source(path, part.text, 'PLAN');
  source.throwIfInvalid();
  const fields = source.fields(source.root, 'a plan', KEYS, ['plan']);
  const units = readUnits(source, fields['units']);
  const documents = readDocuments(source, fields['documents']);
  const { prices, quantities: given } = readPrices(source, fields['prices'], units, options.priceBook ?? noBook);
  const { assume, derive, cost } = fields;
  const quantities = readQuantities(source, { assume, derive, cost, given }, units);
  const dimensions = dimensionsFor(source, fields, quantities);
  const costs = readCosts(source, cost, quantities);
  const growth = readGrowth(source, fields['growth'], quantities, units);
  const patterns = readPatterns(source, fields['patterns']);
  const spikes = readSpikes(source, fields['spikes']);
  const { feeds, declared } = readFeeds(source, fields['feeds']);
  const requests = readRequests(source, fields['requests'], declared);
  const context = { source, units, dimensions, quantities, values: new Values(quantities) };
  const { keys, declared: keyNames } = readKeys(context, fields['keys']);
  const names = { classes: namesOf(fields['requests']), keys: keyNames };
  const steps = readArchitecture({ ...context, ...names }, fields['architecture']);
  const budgets = readBudgets(context, fields['budgets']);
  const slo = readCriteria(source, fields['slo'], '`slo`', requests);
  const claims = readClaims({ ...context, documents, requests, steps, left: part.left }, fields['claims']);
  const name = fields['plan'] ? (source.text_of(fields['plan'], '`plan`') ?? '') : '';
  const title = fields['title'] ? (source.text_of(fields['title'], '`title`') ?? name) : name;
  const application = fields['application'] ? source.text_of(fields['application'], '`application`') : undefined;
  source.throwIfInvalid();
  const overTime = { growth, patterns, spikes };
  const design = { quantities, costs, feeds, keys, requests, steps, budgets, slo, claims, ...overTime };
  return { name, title, ...(application && { application }), units, documents, ...design, ...(prices && { prices }) };
}

const noBook: FindPriceBook = () => undefined;

/** The keys of a mapping, whatever is wrong with their values. */
function namesOf(node: Node): Set<string> {
  return new Set(isMap(node) ? node.items.map(({ key }) => String(isScalar(key) ? key.value : '')) : []);
}

/** What is read of a text, and which of its claims are not. */
function partOf(text: string, claims: ReadPlanOptions['claims'] = true): PartOfSection {
  if (claims === true) return { text, left: [] };
  return claims === false ? { text: withoutSection(text, 'claims'), left: [] } : withEntries(text, 'claims', claims);
}

/** Names whose own formula is wrong stay known (as `null`), so that their users are not reported as well. */
function dimensionsFor(
  source: Source,
  fields: Readonly<Record<string, Node>>,
  quantities: Plan['quantities'],
): Map<string, Dimension | null> {
  const dimensions = new Map<string, Dimension | null>();
  for (const section of ['assume', 'derive', 'cost'] as const) {
    const node = fields[section];
    if (node === undefined || !('items' in (node ?? {}))) continue;
    const prefix = section === 'cost' ? 'cost.' : '';
    for (const entry of source.entries(node, `\`${section}\``)) dimensions.set(`${prefix}${entry.key}`, null);
  }
  for (const [id, quantity] of quantities) dimensions.set(id, quantity.dimension);
  return dimensions;
}

function readUnits(source: Source, node: Node): UnitTable {
  let units = UnitTable.standard;
  if (node === undefined) return units;
  for (const item of source.items(node, '`units`')) {
    const noun = source.text_of(item, 'a unit');
    if (noun === undefined) continue;
    if (/^[a-z]+$/.test(noun)) units = units.add(noun);
    else
      source.report('TYPE', item, `\`${noun}\` cannot be a unit`, { help: 'use one lower-case word, as in `parcel`' });
  }
  return units;
}

function readDocuments(source: Source, node: Node): Map<string, string> {
  const documents = new Map<string, string>();
  if (node === undefined) return documents;
  for (const entry of source.entries(node, '`documents`')) {
    const title = source.text_of(entry.value, `document \`${entry.key}\``);
    if (title !== undefined) documents.set(entry.key, title);
  }
  return documents;
}

/** Reads a list of criteria such as `p95(search) < 300 ms`; with `phases`, a window has to be one of them. */
export function readCriteria(
  source: Source,
  node: Node,
  what: string,
  requests: readonly RequestClass[],
  phases?: readonly string[],
): Criterion[] {
  if (node === undefined) return [];
  return source.items(node, what).flatMap((item) => {
    const text = source.text_of(item, 'a criterion');
    const criterion = text === undefined ? undefined : parseCriterion(text);
    if (text === undefined || criterion === undefined) return [];
    if ('problem' in criterion) {
      const { offset, length, help, message } = criterion;
      source.report('CRITERION', item, message, { ...(help ? { help } : {}), within: { offset, length } });
      return [];
    }
    reportUnknownClasses(source, item, text, metricClasses(criterion.metric), requests);
    if (phases && criterion.phase !== undefined && !phases.includes(criterion.phase)) {
      const within = { offset: text.lastIndexOf(criterion.phase), length: criterion.phase.length };
      const help = `phases: ${phases.join(', ')}`;
      source.report('UNKNOWN_NAME', item, `no phase is called \`${criterion.phase}\``, { help, within });
    }
    return [criterion];
  });
}
