import { Source } from '../document/source.ts';
import type { Node } from '../document/source.ts';
import { metricClasses, parseCriterion } from '../judge/criterion.ts';
import type { Criterion } from '../judge/criterion.ts';
import type { Dimension } from '../units/dimension.ts';
import { UnitTable } from '../units/unit.ts';
import type { Plan, RequestClass } from './plan.ts';
import { readArchitecture } from './read-architecture.ts';
import { readClaims, reportUnknownClasses } from './read-claims.ts';
import { readQuantities } from './read-quantities.ts';
import { readFeeds, readRequests } from './read-requests.ts';

const KEYS = [
  'plan',
  'title',
  'documents',
  'units',
  'assume',
  'derive',
  'feeds',
  'requests',
  'architecture',
  'slo',
  'claims',
];

/**
 * Reads a plan. `path` only labels the problems.
 * @throws InvalidInput with every problem of the file, in file order.
 */
export function readPlan(path: string, text: string): Plan {
  const source = new Source(path, text, 'PLAN');
  source.throwIfInvalid();
  const fields = source.fields(source.root, 'a plan', KEYS, ['plan']);
  const units = readUnits(source, fields['units']);
  const documents = readDocuments(source, fields['documents']);
  const quantities = readQuantities(source, fields['assume'], fields['derive'], units);
  const dimensions = dimensionsFor(source, fields, quantities);
  const { feeds, declared } = readFeeds(source, fields['feeds']);
  const requests = readRequests(source, fields['requests'], declared);
  const steps = readArchitecture({ source, units, dimensions }, fields['architecture']);
  const slo = readCriteria(source, fields['slo'], '`slo`', requests);
  const claims = readClaims({ source, units, dimensions, documents, requests, steps }, fields['claims']);
  const name = fields['plan'] ? (source.text_of(fields['plan'], '`plan`') ?? '') : '';
  const title = fields['title'] ? (source.text_of(fields['title'], '`title`') ?? name) : name;
  source.throwIfInvalid();
  return { name, title, units, documents, quantities, feeds, requests, steps, slo, claims };
}

/** Names whose own formula is wrong stay known (as `null`), so that their users are not reported as well. */
function dimensionsFor(
  source: Source,
  fields: Readonly<Record<string, Node>>,
  quantities: Plan['quantities'],
): Map<string, Dimension | null> {
  const dimensions = new Map<string, Dimension | null>();
  for (const section of ['assume', 'derive'] as const) {
    const node = fields[section];
    if (node === undefined || !('items' in (node ?? {}))) continue;
    for (const entry of source.entries(node, `\`${section}\``)) dimensions.set(entry.key, null);
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
