import { isMap } from 'yaml';
import type { Node } from '../document/source.ts';
import { formatNumber } from '../units/format.ts';
import type { RatePiece } from '../workload/workload.ts';
import { parseTrace, tracePieces } from './parse-trace.ts';
import type { TracePoint } from './parse-trace.ts';
import type { ScenarioContext } from './read-context.ts';
import { MAX_RATE_PER_S, readRate } from './read-rate.ts';

/** Reads `trace`: rates one after the other, in a list or in a file, drawn into the phase's duration. */
export function readTrace(context: ScenarioContext, node: Node, duration_s: number): RatePiece[] | undefined {
  const { source } = context;
  const points = isMap(node) ? readFile(context, node) : readList(context, node);
  if (!points) return undefined;
  if (points.length < 2) {
    return source.report('RANGE', node, 'a trace needs at least two rates', { help: 'write `rate: …` for one' });
  }
  if (!points.some(({ rate_per_s }) => rate_per_s > 0))
    return source.report('RANGE', node, 'this trace asks for nothing');
  return tracePieces(points, duration_s);
}

function readList(context: ScenarioContext, node: Node): TracePoint[] | undefined {
  const items = context.source.items(node, '`trace`');
  const points = items.flatMap((item, at_s) => {
    const rate_per_s = readRate(context, item, 'a rate', true);
    return rate_per_s === undefined ? [] : [{ at_s, rate_per_s }];
  });
  return points.length < items.length || items.length === 0 ? undefined : points;
}

function readFile({ source, readTrace: textOf }: ScenarioContext, node: Node): readonly TracePoint[] | undefined {
  const fields = source.fields(node, '`trace`', ['file'], ['file']);
  const file = fields['file'] && source.text_of(fields['file'], '`file`');
  if (!file) return undefined;
  const text = textOf(file);
  if (text === undefined) {
    const help = 'its path goes on from the folder of this scenario';
    return source.report('UNKNOWN_NAME', fields['file'], `there is no file \`${file}\``, { help });
  }
  const points = parseTrace(text);
  if ('message' in points) {
    return source.report('TYPE', fields['file'], `line ${points.line} of \`${file}\`: ${points.message}`);
  }
  const highest = points.reduce((most, { rate_per_s }) => Math.max(most, rate_per_s), 0);
  if (highest <= MAX_RATE_PER_S) return points;
  const message = `\`${file}\` asks for ${formatNumber(highest)} req/s; ${formatNumber(MAX_RATE_PER_S)} is the most`;
  return source.report('RANGE', fields['file'], message);
}
