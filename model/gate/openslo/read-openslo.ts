import { isMap, isSeq } from 'yaml';
import type { Node, Source } from '../../document/source.ts';
import { nearest } from '../../document/nearest.ts';
import { isCriterionProblem, parseCriterion } from '../../judge/criterion.ts';
import type { Plan } from '../../plan/plan.ts';
import { choose } from '../../plan/read-requests.ts';
import type { PlacedCriterion } from '../placed-criterion.ts';
import { annotationsOf } from './annotations.ts';
import type { Annotations } from './annotations.ts';
import { readIndicator } from './read-indicator.ts';
import type { Indicator } from './read-indicator.ts';
import { readObjective } from './read-objective.ts';

const VERSION = 'openslo/v1';
const KINDS = [
  'SLO',
  'SLI',
  'DataSource',
  'Service',
  'AlertPolicy',
  'AlertCondition',
  'AlertNotificationTarget',
] as const;
const SLO_KEYS = [
  'description',
  'service',
  'indicator',
  'indicatorRef',
  'timeWindow',
  'budgetingMethod',
  'objectives',
  'alertPolicies',
];
const METADATA_KEYS = ['name', 'displayName', 'labels', 'annotations'];

interface Document {
  readonly kind: (typeof KINDS)[number];
  readonly name: string;
  readonly title: string;
  readonly annotations: Annotations;
  readonly spec: Node;
}

/**
 * Reads documents of OpenSLO v1 (https://github.com/OpenSLO/OpenSLO) as a gate: each objective of each SLO is a criterion over the whole run.
 * Time windows and alert policies are about production and say nothing of a run; whatever else cannot be mapped is reported.
 */
export function readOpenSlo(
  source: Source,
  plan: Plan,
): { readonly name: string; readonly passScore: number; readonly placed: readonly PlacedCriterion[] } {
  const documents = source.roots.flatMap((root) => (root ? (readDocument(source, root) ?? []) : []));
  const slos = documents.filter(({ kind }) => kind === 'SLO');
  const [only, ...others] = slos;
  if (!only && source.diagnostics.length === 0) {
    source.report('RANGE', source.root, 'no document is an `SLO`, so nothing would be gated', { help: 'add one' });
  }
  const placed = slos.flatMap((slo) => readSlo(source, slo, documents, plan));
  return { name: only && others.length === 0 ? only.title : plan.name, passScore: 1, placed };
}

function readDocument(source: Source, node: Node): Document | undefined {
  const fields = source.fields(
    node,
    'a document',
    ['apiVersion', 'kind', 'metadata', 'spec'],
    ['apiVersion', 'kind', 'metadata', 'spec'],
  );
  const version = fields['apiVersion'] && source.text_of(fields['apiVersion'], '`apiVersion`');
  if (version !== undefined && version !== VERSION) {
    const help = `only \`${VERSION}\` is read`;
    source.report('UNKNOWN_CHOICE', fields['apiVersion'], `\`apiVersion\` cannot be \`${version}\``, { help });
  }
  const kind = fields['kind'] && choose(source, fields['kind'], '`kind`', KINDS);
  const metadata = fields['metadata'] ? source.fields(fields['metadata'], '`metadata`', METADATA_KEYS, ['name']) : {};
  const name = metadata['name'] && source.text_of(metadata['name'], '`name`');
  if (!kind || name === undefined) return undefined;
  const title = (metadata['displayName'] && source.text_of(metadata['displayName'], '`displayName`')) ?? name;
  return { kind, name, title, annotations: annotationsOf(source, metadata['annotations']), spec: fields['spec'] };
}

function readSlo(source: Source, slo: Document, documents: readonly Document[], plan: Plan): PlacedCriterion[] {
  if (!slo.spec) return [];
  const fields = source.fields(slo.spec, '`spec` of an SLO', SLO_KEYS, ['budgetingMethod', 'objectives']);
  checkBudgeting(source, fields['budgetingMethod']);
  const indicator = indicatorOf(source, slo, fields, documents);
  const objectives = fields['objectives'];
  const items = objectives === undefined ? [] : source.items(objectives, '`objectives`');
  if (isSeq(objectives) && items.length === 0)
    source.report('RANGE', objectives, `\`${slo.name}\` has no objective, so it would gate nothing`, {
      help: 'add one',
    });
  if (!indicator) return [];
  return items.flatMap((item) => {
    const read = readObjective(source, item, indicator);
    if (!read) return [];
    const criterion = parseCriterion(read.text, plan.units);
    if (isCriterionProblem(criterion)) {
      source.report('CRITERION', read.node, `\`${read.text}\`: ${criterion.message}`, {
        help: read.unitMissing
          ? 'name its unit: annotation `shop-plan/unit`, or `unit` in the `spec` of its source'
          : (criterion.help ?? ''),
      });
      return [];
    }
    const gated = { criterion, weight: 1, must: false, from: `${source.path}: ${slo.title}` };
    return [{ gated, node: read.node, text: '' }];
  });
}

function checkBudgeting(source: Source, node: Node): void {
  const method =
    node && choose(source, node, '`budgetingMethod`', ['Occurrences', 'Timeslices', 'RatioTimeslices'] as const);
  if (method === undefined || method === 'Occurrences') return;
  source.report('UNREACHABLE', node, `a run is judged as a whole, not by slices of time (\`${method}\`)`, {
    help: 'use `Occurrences`',
  });
}

function indicatorOf(
  source: Source,
  slo: Document,
  { indicator, indicatorRef }: Readonly<Record<string, Node>>,
  documents: readonly Document[],
): Indicator | undefined {
  if (indicator && indicatorRef) return source.report('DUPLICATE', indicatorRef, 'there is an `indicator` already');
  if (indicator) {
    const fields = source.fields(indicator, '`indicator`', ['metadata', 'spec'], ['spec']);
    const metadata = fields['metadata'] ? source.fields(fields['metadata'], '`metadata`', METADATA_KEYS) : {};
    const own = annotationsOf(source, metadata['annotations']);
    return fields['spec'] && readIndicator(source, fields['spec'], { ...slo.annotations, ...own });
  }
  const name = indicatorRef && source.text_of(indicatorRef, '`indicatorRef`');
  if (name === undefined) {
    if (!indicatorRef && isMap(slo.spec))
      source.report('MISSING_KEY', slo.spec, `\`${slo.name}\` needs an \`indicator\` or \`indicatorRef\``);
    return undefined;
  }
  const slis = documents.filter(({ kind }) => kind === 'SLI');
  const found = slis.find((sli) => sli.name === name);
  if (found) return readIndicator(source, found.spec, { ...slo.annotations, ...found.annotations });
  const near = nearest(
    name,
    slis.map((sli) => sli.name),
  );
  const help = near
    ? `did you mean \`${near}\`?`
    : `SLIs of this file: ${slis.map((sli) => sli.name).join(', ') || 'none'}`;
  return source.report('UNKNOWN_NAME', indicatorRef, `no SLI of this file is called \`${name}\``, { help });
}
