import type { Node, Source } from '../document/source.ts';
import { nearest } from '../document/nearest.ts';
import { metricClasses, parseMetric } from '../judge/criterion.ts';
import { baseUnitSymbol, sameDimension } from '../units/dimension.ts';
import type { Dimension } from '../units/dimension.ts';
import { isLiteralError, parseLiteral } from '../units/literal.ts';
import type { UnitTable } from '../units/unit.ts';
import type { ArchitectureStep, Claim, MeasuredBy, RequestClass, Statement } from './plan.ts';
import { checkFormula, readFormula } from './read-quantities.ts';
import { choose } from './read-requests.ts';

const FINDINGS = ['holds', 'close', 'contradicted'] as const;
const BOUNDS = { '<=': 'at most', '>=': 'at least', '<': 'below', '>': 'above', '~': 'equal', '': 'equal' } as const;

interface Context {
  readonly source: Source;
  readonly units: UnitTable;
  readonly dimensions: ReadonlyMap<string, Dimension | null>;
  readonly documents: ReadonlyMap<string, string>;
  readonly requests: readonly RequestClass[];
  readonly steps: readonly ArchitectureStep[];
}

/** Reads `claims`: what the documents say, each with what it should follow from or what measures it. */
export function readClaims(context: Context, node: Node): Claim[] {
  if (node === undefined) return [];
  return context.source.entries(node, '`claims`').flatMap((entry) => {
    const claim = readClaim(context, entry.key, entry.value);
    return claim ? [claim] : [];
  });
}

function readClaim(context: Context, id: string, node: Node): Claim | undefined {
  const { source } = context;
  const known = ['document', 'section', 'says', 'computed', 'measured', 'known', 'note'];
  const fields = source.fields(node, `claim \`${id}\``, known, ['document', 'section', 'says']);
  const document = fields['document'] && readDocument(context, fields['document']);
  const section = fields['section'] && source.text_of(fields['section'], '`section`');
  const says = fields['says'] && readStatement(context, fields['says']);
  const computed = says && fields['computed'] ? readComputed(context, fields['computed'], says) : undefined;
  const measured = says && fields['measured'] ? readMeasured(context, fields['measured']) : undefined;
  const finding = fields['known'] ? choose(source, fields['known'], '`known`', FINDINGS) : 'holds';
  const note = fields['note'] ? source.text_of(fields['note'], '`note`') : undefined;
  if (!document || !section || !says || !finding) return undefined;
  const optional = { ...(computed && { computed }), ...(measured && { measured }), ...(note && { note }) };
  return { id, document, section, says, known: finding, ...optional };
}

function readDocument({ source, documents }: Context, node: Node): string | undefined {
  const id = source.text_of(node, '`document`');
  if (id === undefined || documents.has(id)) return id;
  const near = nearest(id, documents.keys());
  const help = near ? `did you mean \`${near}\`?` : `documents: ${[...documents.keys()].join(', ')}`;
  return source.report('UNKNOWN_NAME', node, `no document is called \`${id}\``, { help });
}

function readStatement({ source, units }: Context, node: Node): Statement | undefined {
  const text = source.text_of(node, '`says`');
  if (text === undefined) return undefined;
  const [prefix = '', sign = ''] = /^\s*(<=|>=|<|>|~|)\s*/.exec(text) ?? [];
  const literal = parseLiteral(text.slice(prefix.length), units);
  if (!isLiteralError(literal)) return { text, bound: BOUNDS[sign as keyof typeof BOUNDS], literal };
  const within = { offset: prefix.length + literal.offset, length: literal.length };
  const problem = literal.problem === 'unit' ? 'UNIT' : 'TYPE';
  return source.report(problem, node, literal.message, { ...(literal.help ? { help: literal.help } : {}), within });
}

function readComputed(context: Context, node: Node, says: Statement): Claim['computed'] {
  const { source, units, dimensions } = context;
  const formula = source.text_of(node, '`computed`');
  const expression = formula === undefined ? undefined : readFormula(source, node, formula, units);
  const dimension = expression && checkFormula(source, node, expression, dimensions);
  if (formula === undefined || !expression || !dimension) return undefined;
  if (!sameDimension(dimension, says.literal.dimension)) {
    const show = (of: Dimension): string => baseUnitSymbol(of) || 'a plain number';
    const message = `this comes out in ${show(dimension)}, but the claim is in ${show(says.literal.dimension)}`;
    return source.report('DIMENSION', node, message, { help: 'compare like with like' });
  }
  return { formula, expression };
}

function readMeasured({ source, requests, steps }: Context, node: Node): MeasuredBy | undefined {
  const known = ['scenario', 'step', 'phase', 'metric', 'reduction_from_step'];
  const fields = source.fields(node, '`measured`', known, ['scenario', 'step', 'metric']);
  const scenario = fields['scenario'] && source.text_of(fields['scenario'], '`scenario`');
  const step = fields['step'] && readStep(source, fields['step'], steps);
  const from = fields['reduction_from_step'] && readStep(source, fields['reduction_from_step'], steps);
  const phase = fields['phase'] ? source.text_of(fields['phase'], '`phase`') : undefined;
  const metricText = fields['metric'] && source.text_of(fields['metric'], '`metric`');
  const metric = metricText ? readMetric(source, fields['metric'], metricText, requests) : undefined;
  if (!scenario || !step || !metricText || !metric) return undefined;
  const optional = { ...(phase ? { phase } : {}), ...(from ? { reductionFromStep: from } : {}) };
  return { scenario, step, metric, metricText, ...optional };
}

function readMetric(
  source: Source,
  node: Node,
  text: string,
  requests: readonly RequestClass[],
): MeasuredBy['metric'] | undefined {
  const metric = parseMetric(text);
  if ('problem' in metric) {
    const within = { offset: metric.offset, length: metric.length };
    return source.report('CRITERION', node, metric.message, { ...(metric.help ? { help: metric.help } : {}), within });
  }
  reportUnknownClasses(source, node, text, metricClasses(metric), requests);
  return metric;
}

function readStep(source: Source, node: Node, steps: readonly ArchitectureStep[]): number | undefined {
  const text = source.text_of(node, '`step`');
  if (text === undefined) return undefined;
  if (steps.some((known) => String(known.step) === text)) return Number(text);
  const help = `steps: ${steps.map((known) => known.step).join(', ')}`;
  return source.report('UNKNOWN_NAME', node, `the plan has no step ${text}`, { help });
}

/** Reports request classes that a criterion or metric names but the plan does not have. */
export function reportUnknownClasses(
  source: Source,
  node: Node,
  text: string,
  classes: readonly string[],
  requests: readonly RequestClass[],
): void {
  const known = requests.map((request) => request.name);
  for (const name of classes) {
    if (known.includes(name)) continue;
    const near = nearest(name, known);
    const help = near ? `did you mean \`${near}\`?` : `request classes: ${known.join(', ')}`;
    const within = { offset: Math.max(0, text.indexOf(name)), length: name.length };
    source.report('UNKNOWN_NAME', node, `no request class is called \`${name}\``, { help, within });
  }
}
