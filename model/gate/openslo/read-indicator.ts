import { isMap } from 'yaml';
import type { Node, Source } from '../../document/source.ts';
import { isCriterionProblem, parseMetric } from '../../judge/criterion.ts';
import type { Annotations, Text } from './annotations.ts';
import { countedShare } from './counted-share.ts';

/** Which figure of a run an SLO is about. */
export type Indicator =
  /** Response times: `of` is a class, or `latency` for all of them. */
  | { readonly kind: 'latency'; readonly of: string; readonly unit: string }
  /** A share of what went well, or badly, e.g. `error_rate(checkout)`. */
  | { readonly kind: 'good'; readonly metric: string }
  | { readonly kind: 'bad'; readonly metric: string }
  /** One figure of a run, e.g. `cost` or `utilisation(app)`. */
  | { readonly kind: 'value'; readonly metric: string; readonly unit: string };

/** The type of metric source that is this program's own. */
const OWN_TYPE = 'shop-plan';

/** Reads the `spec` of an SLI; undefined when no figure of a run answers it, which is reported. */
export function readIndicator(source: Source, spec: Node, annotations: Annotations): Indicator | undefined {
  const fields = source.fields(spec, '`spec` of an SLI', ['description', 'thresholdMetric', 'ratioMetric']);
  const { thresholdMetric: threshold, ratioMetric: ratio } = fields;
  if (threshold && ratio) return source.report('DUPLICATE', ratio, 'there is a `thresholdMetric` already');
  if (threshold) return thresholdOf(source, threshold, annotations);
  if (ratio) return ratioOf(source, ratio, annotations);
  if (isMap(spec)) source.report('MISSING_KEY', spec, 'an SLI needs a `thresholdMetric` or a `ratioMetric`');
  return undefined;
}

function thresholdOf(source: Source, node: Node, annotations: Annotations): Indicator | undefined {
  const fields = source.fields(node, '`thresholdMetric`', ['metricSource'], annotations.metric ? [] : ['metricSource']);
  const own = annotations.metric ? annotations : ownSource(source, fields['metricSource'], ['metric', 'unit']);
  if (!own?.metric) return undefined;
  const unit = own.unit?.text ?? annotations.unit?.text ?? '';
  const { text } = own.metric;
  const times = /^latency(?:\(([\w-]+)\))?$/.exec(text.trim());
  if (times) return { kind: 'latency', of: times[1] ?? 'latency', unit };
  return isMetric(source, own.metric) ? { kind: 'value', metric: text.trim(), unit } : undefined;
}

function ratioOf(source: Source, node: Node, annotations: Annotations): Indicator | undefined {
  const fields = source.fields(node, '`ratioMetric`', ['counter', 'good', 'bad', 'total', 'raw', 'rawType']);
  if (annotations.metric) return shareOf(source, annotations.metric);
  if (fields['raw']) {
    const raw = source.fields(fields['raw'], '`raw`', ['metricSource'], ['metricSource']);
    const own = ownSource(source, raw['metricSource'], ['metric']);
    return own?.metric && shareOf(source, own.metric);
  }
  const countOf = (what: 'good' | 'bad' | 'total'): Text | undefined => {
    const at = fields[what];
    if (!at) return undefined;
    const inner = source.fields(at, `\`${what}\``, ['metricSource'], ['metricSource']);
    return ownSource(source, inner['metricSource'], ['metric'])?.metric;
  };
  return countedShare(source, node, { good: countOf('good'), bad: countOf('bad'), total: countOf('total') }, fields);
}

/** The metrics that are shares say themselves whether they are of what went well. */
function shareOf(source: Source, { text, node }: Text): Indicator | undefined {
  const metric = text.trim();
  const parsed = parseMetric(metric);
  if (isCriterionProblem(parsed)) return void isMetric(source, { text, node });
  if (parsed.kind === 'error_rate') return { kind: 'bad', metric };
  if (parsed.kind === 'ratio' || parsed.kind === 'reached') return { kind: 'good', metric };
  return source.report('UNREACHABLE', node, `\`${metric}\` is not a share of what went well or badly`, {
    help: 'name `error_rate`, `reached` or `ratio(…)`, or use a `thresholdMetric`',
  });
}

function isMetric(source: Source, { text, node }: Text): boolean {
  const parsed = parseMetric(text);
  if (!isCriterionProblem(parsed)) return true;
  const { message, help, offset, length } = parsed;
  source.report('CRITERION', node, message, { ...(help ? { help } : {}), within: { offset, length } });
  return false;
}

/** A source that this program can answer; another one's query is reported, as it would go unanswered. */
function ownSource(source: Source, node: Node, known: readonly string[]): Annotations | undefined {
  if (node === undefined) return undefined;
  const fields = source.fields(node, '`metricSource`', ['metricSourceRef', 'type', 'spec']);
  const type = fields['type'] && source.text_of(fields['type'], '`type`');
  if (type !== OWN_TYPE) {
    const what = type === undefined ? 'a metric source without a type' : `metric source \`${type}\``;
    return source.report('UNREACHABLE', fields['type'] ?? node, `${what} cannot be asked about a run`, {
      help: 'say what it is of a run: annotation `shop-plan/metric: p95(checkout)`, or `type: shop-plan`',
    });
  }
  if (!fields['spec']) return source.report('MISSING_KEY', node, 'the source needs a `spec` with `metric`');
  const spec = source.fields(fields['spec'], '`spec` of the source', known, ['metric']);
  const textOf = (key: string): Text | undefined => {
    const text = spec[key] && source.text_of(spec[key], `\`${key}\``);
    return text === undefined ? undefined : { text, node: spec[key] };
  };
  const [metric, unit] = [textOf('metric'), textOf('unit')];
  return { ...(metric && { metric }), ...(unit && { unit }) };
}
