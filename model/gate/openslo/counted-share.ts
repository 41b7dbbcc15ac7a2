import type { Node, Source } from '../../document/source.ts';
import type { Text } from './annotations.ts';
import type { Indicator } from './read-indicator.ts';

interface Counts {
  readonly good: Text | undefined;
  readonly bad: Text | undefined;
  readonly total: Text | undefined;
}

const COUNT = /^(requests|ok|failed)(?:\(([\w-]+)\))?$/;

/**
 * The share that two counts of requests make: `ok` of `requests`, or `failed` of `requests`, of all classes or of the same one. Both are the
 * error rate, seen from either side.
 */
export function countedShare(
  source: Source,
  node: Node,
  { good, bad, total }: Counts,
  fields: Readonly<Record<string, Node>>,
): Indicator | undefined {
  const isWritten = fields['total'] !== undefined && (fields['good'] ?? fields['bad']) !== undefined;
  if (!isWritten || (fields['good'] && fields['bad'])) {
    return source.report('MISSING_KEY', node, 'a `ratioMetric` needs `total`, and `good` or `bad`, or `raw`');
  }
  const part = good ?? bad;
  if (!part || !total) return undefined;
  const wanted = good ? 'ok' : 'failed';
  const [, word, of] = COUNT.exec(part.text.trim()) ?? [];
  const [, all, ofAll] = COUNT.exec(total.text.trim()) ?? [];
  const wrong = word !== wanted ? part : all !== 'requests' || of !== ofAll ? total : undefined;
  if (!wrong) return { kind: 'bad', metric: of === undefined ? 'error_rate' : `error_rate(${of})` };
  const ofClass = of === undefined ? '' : `(${of})`;
  return source.report('UNREACHABLE', wrong.node, `\`${wrong.text}\` is not what is counted of a run here`, {
    help:
      wrong === part ? `write \`${wanted}\`, or of one class \`${wanted}(checkout)\`` : `write \`requests${ofClass}\``,
  });
}
