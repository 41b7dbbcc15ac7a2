import type { Node, Source } from '../document/source.ts';
import { metricClasses, parseMetric } from '../judge/criterion.ts';
import { COMPARISONS, WHERE_MEASURED } from './plan.ts';
import type { ArchitectureStep, MeasuredAt, MeasuredBy, RequestClass } from './plan.ts';
import { choose } from './read-requests.ts';
import { reportUnknownClasses } from './report-classes.ts';

const PLACE_KEYS = ['scenario', 'step', 'phase', 'metric'];
const KEYS = [...PLACE_KEYS, 'on', 'versus', 'as'];

interface Context {
  readonly source: Source;
  readonly requests: readonly RequestClass[];
  readonly steps: readonly ArchitectureStep[];
}

/** Reads `measured`: the metric of a run that settles a claim, and what it is compared with. */
export function readMeasuredBy(context: Context, node: Node): MeasuredBy | undefined {
  const { source } = context;
  const fields = source.fields(node, '`measured`', KEYS, ['scenario', 'step', 'metric']);
  const place = readPlace(context, fields);
  const on = fields['on'] ? choose(source, fields['on'], '`on`', WHERE_MEASURED) : 'servers';
  const as = fields['as'] ? choose(source, fields['as'], '`as`', COMPARISONS) : 'reduction';
  if (fields['as'] && !fields['versus'])
    source.report('MISSING_KEY', fields['as'], '`as` compares nothing alone', { help: 'add `versus`' });
  const there = fields['versus'] ? readVersus(context, fields['versus'], place) : undefined;
  const here = wholeOf(place);
  if (!here || !on || !as) return undefined;
  return { ...here, on, ...(there && { versus: { ...here, ...there, as } }) };
}

function wholeOf({ scenario, step, metric, metricText, ...rest }: Partial<MeasuredAt>): MeasuredAt | undefined {
  return scenario && step && metric && metricText ? { ...rest, scenario, step, metric, metricText } : undefined;
}

/** What is left out is the same as in what is compared. */
function readVersus({ source, ...context }: Context, node: Node, here: Partial<MeasuredAt>): Partial<MeasuredAt> {
  const problems = source.diagnostics.length;
  const there = readPlace({ source, ...context }, source.fields(node, '`versus`', PLACE_KEYS));
  const differs = (['scenario', 'step', 'phase', 'metricText'] as const).some(
    (key) => there[key] !== undefined && there[key] !== here[key],
  );
  if (!differs && source.diagnostics.length === problems) {
    const help = 'name another scenario, step, phase or metric';
    source.report('DUPLICATE', node, 'this compares a figure with itself', { help });
  }
  return there;
}

function readPlace({ source, requests, steps }: Context, fields: Readonly<Record<string, Node>>): Partial<MeasuredAt> {
  const scenario = fields['scenario'] && source.text_of(fields['scenario'], '`scenario`');
  const step = fields['step'] && readStep(source, fields['step'], steps);
  const phase = fields['phase'] && source.text_of(fields['phase'], '`phase`');
  const metricText = fields['metric'] && source.text_of(fields['metric'], '`metric`');
  const metric = metricText ? readMetric(source, fields['metric'], metricText, requests) : undefined;
  return {
    ...(scenario && { scenario }),
    ...(step && { step }),
    ...(phase && { phase }),
    ...(metric && metricText && { metric, metricText }),
  };
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
