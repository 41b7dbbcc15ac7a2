import type { Node } from '../document/source.ts';
import { formatNumber } from '../units/format.ts';
import { peakRate_per_s } from '../workload/cumulative-rate.ts';
import type { RatePiece } from '../workload/workload.ts';
import type { ScenarioContext, Fields } from './read-context.ts';
import { readPattern } from './read-pattern.ts';
import { MAX_RATE_PER_S, readRate } from './read-rate.ts';
import { readSpike } from './read-spike.ts';
import { readTrace } from './read-trace.ts';

/** How the rate of a phase moves; one of them, or none for a constant rate. */
const SHAPES = ['to', 'spike', 'pattern', 'trace'] as const;
/** Keys that mean something beside one shape only. */
const BESIDE: Readonly<Record<string, (typeof SHAPES)[number]>> = {
  rise: 'spike',
  fall: 'spike',
  from: 'pattern',
  until: 'pattern',
  peak: 'pattern',
};
export const SHAPE_KEYS = ['rate', ...SHAPES, ...Object.keys(BESIDE)];

/** The pieces of a phase's rate; undefined after what is wrong was reported. */
export function readPieces(
  context: ScenarioContext,
  phase: Node,
  fields: Fields,
  duration_s: number,
): RatePiece[] | undefined {
  const { source } = context;
  const before = source.diagnostics.length;
  checkTogether(context, phase, fields);
  const pieces = piecesOf(context, fields, duration_s);
  const peak = pieces ? peakRate_per_s({ pieces }) : 0;
  if (peak > MAX_RATE_PER_S) {
    const [most, limit] = [peak, MAX_RATE_PER_S].map((rate) => formatNumber(Math.round(rate)));
    source.report('RANGE', fields['spike'] ?? fields['pattern'], `this comes to ${most} req/s; ${limit} is the most`);
  }
  return source.diagnostics.length > before ? undefined : pieces;
}

function checkTogether({ source }: ScenarioContext, phase: Node, fields: Fields): void {
  const [shape, other] = SHAPES.filter((key) => fields[key]);
  if (shape && other) {
    const message = `\`${shape}\` and \`${other}\` both say how the rate moves`;
    source.report('DUPLICATE', fields[other], message, { help: 'keep one of them' });
  }
  for (const [key, needed] of Object.entries(BESIDE)) {
    if (!fields[key] || fields[needed]) continue;
    source.report('MISSING_KEY', fields[key], `\`${key}\` belongs to \`${needed}\``, { help: `add \`${needed}: …\`` });
  }
  const stated = ['rate', 'peak', 'trace'].filter((key) => fields[key]);
  const [first, second] = stated;
  if (first && second) {
    const message = `\`${first}\` and \`${second}\` both say what the rate is`;
    source.report('DUPLICATE', fields[second], message, { help: 'keep one of them' });
  }
  if (!first) source.report('MISSING_KEY', phase, 'a phase needs `rate`', { help: 'add `rate: …`' });
}

function piecesOf(context: ScenarioContext, fields: Fields, duration_s: number): RatePiece[] | undefined {
  if (fields['trace']) return readTrace(context, fields['trace'], duration_s);
  if (fields['pattern']) return readPattern(context, fields, duration_s);
  const rate = fields['rate'] && readRate(context, fields['rate'], '`rate`');
  if (fields['spike']) return readSpike(context, fields, rate, duration_s);
  const to = fields['to'] ? readRate(context, fields['to'], '`to`') : rate;
  if (rate === undefined || to === undefined) return undefined;
  return [{ duration_s, rate_per_s: rate, rate_end_per_s: to }];
}
