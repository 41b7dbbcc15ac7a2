import type { Node, Source } from '../../document/source.ts';
import { choose } from '../../plan/read-requests.ts';
import { readPlain } from '../../plan/read-scalars.ts';
import type { Indicator } from './read-indicator.ts';

const KEYS = ['displayName', 'op', 'value', 'target', 'targetPercent', 'timeSliceTarget', 'timeSliceWindow'];
const OPERATORS = { lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;
const OPS = ['lt', 'lte', 'gt', 'gte'] as const;

export interface ReadObjective {
  /** As a criterion. */
  readonly text: string;
  readonly node: Node;
  readonly unitMissing: boolean;
}

/** Turns an objective into a criterion; undefined when it cannot be one, which is reported. */
export function readObjective(source: Source, node: Node, indicator: Indicator): ReadObjective | undefined {
  const fields = source.fields(node, 'an objective', KEYS);
  for (const key of ['timeSliceTarget', 'timeSliceWindow']) {
    if (fields[key])
      source.report('UNREACHABLE', fields[key], 'a run is not judged by slices of time', { help: 'leave it out' });
  }
  switch (indicator.kind) {
    case 'good':
    case 'bad':
      return shareObjective(source, node, fields, indicator);
    case 'latency':
      return latencyObjective(source, node, fields, indicator);
    case 'value':
      return valueObjective(source, node, fields, indicator);
  }
}

type Fields = Readonly<Record<string, Node>>;
type Of<K extends Indicator['kind']> = Extract<Indicator, { readonly kind: K }>;

/** 99.9 % of them: what went well at least so much, what went badly at most the rest. */
function shareObjective(
  source: Source,
  node: Node,
  fields: Fields,
  { kind, metric }: Of<'good' | 'bad'>,
): ReadObjective | undefined {
  for (const key of ['op', 'value']) {
    if (fields[key])
      source.report('UNKNOWN_KEY', fields[key], `\`${key}\` is for a \`thresholdMetric\``, { help: 'leave it out' });
  }
  const percent = percentOf(source, node, fields);
  if (percent === undefined) return undefined;
  const text = kind === 'good' ? `${metric} >= ${percent} %` : `${metric} <= ${plain(100 - percent)} %`;
  return { text, node: fields['target'] ?? fields['targetPercent'], unitMissing: false };
}

/** 95 % of the requests within a time is the 95th percentile. */
function latencyObjective(
  source: Source,
  node: Node,
  fields: Fields,
  { of, unit }: Of<'latency'>,
): ReadObjective | undefined {
  const limit = limitOf(source, node, fields);
  const percent = percentOf(source, node, fields);
  if (!limit || percent === undefined) return undefined;
  if (limit.operator.startsWith('>')) {
    return source.report('UNREACHABLE', fields['op'], 'a response time can be asked to stay below, not above', {
      help: 'write `lt` or `lte`',
    });
  }
  if (percent === 0) {
    return source.report('RANGE', fields['target'] ?? fields['targetPercent'], 'of no requests nothing is asked');
  }
  return {
    text: `p${percent}(${of}) ${limit.operator} ${withUnit(limit.value, unit)}`,
    node: fields['value'],
    unitMissing: unit === '',
  };
}

function valueObjective(
  source: Source,
  node: Node,
  fields: Fields,
  { metric, unit }: Of<'value'>,
): ReadObjective | undefined {
  const limit = limitOf(source, node, fields);
  const target = fields['target'] ?? fields['targetPercent'];
  if (target) {
    source.report('UNREACHABLE', target, `\`${metric}\` is one figure of a run, so no share of it can be asked for`, {
      help: 'leave out the target',
    });
  }
  if (!limit || target) return undefined;
  return {
    text: `${metric} ${limit.operator} ${withUnit(limit.value, unit)}`,
    node: fields['value'],
    unitMissing: unit === '',
  };
}

function limitOf(
  source: Source,
  node: Node,
  fields: Fields,
): { readonly operator: string; readonly value: number } | undefined {
  const op = fields['op'] && choose(source, fields['op'], '`op`', OPS);
  const value = readPlain(source, fields['value'], '`value`');
  for (const key of ['op', 'value']) {
    if (!fields[key]) source.report('MISSING_KEY', node, `the objective of a \`thresholdMetric\` needs \`${key}\``);
  }
  return op === undefined || value === undefined ? undefined : { operator: OPERATORS[op], value };
}

/** From `target` (0 to 1) or `targetPercent` (0 to 100). */
function percentOf(source: Source, node: Node, { target, targetPercent }: Fields): number | undefined {
  if (target && targetPercent)
    return source.report('DUPLICATE', targetPercent, 'there is a `target` already', { help: 'leave out one' });
  const at = target ?? targetPercent;
  if (!at) return source.report('MISSING_KEY', node, 'the objective needs `target` or `targetPercent`');
  const written = readPlain(source, at, target ? '`target`' : '`targetPercent`');
  if (written === undefined) return undefined;
  const percent = plain(target ? written * 100 : written);
  if (percent < 100) return percent;
  return source.report('RANGE', at, target ? '`target` should be below 1' : '`targetPercent` should be below 100', {
    help: target ? 'write a share such as `0.999`' : 'write a percentage such as `99.9`',
  });
}

function withUnit(value: number, unit: string): string {
  return unit === '' ? String(value) : `${value} ${unit}`;
}

/** Without the dust of arithmetic: 100 - 99.9 is 0.1. */
function plain(value: number): number {
  return Number(value.toPrecision(12));
}
