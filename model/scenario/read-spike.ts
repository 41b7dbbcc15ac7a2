import type { Node } from '../document/source.ts';
import { nearest } from '../document/nearest.ts';
import { readSeconds } from '../plan/read-scalars.ts';
import { isDimensionless } from '../units/dimension.ts';
import { isLiteralError, parseLiteral } from '../units/literal.ts';
import type { RatePiece } from '../workload/workload.ts';
import type { ScenarioContext, Fields } from './read-context.ts';
import { spikePieces } from './spike-pieces.ts';

/** Reads `spike` with its `rise` and `fall`, over a rate that may not have been read. */
export function readSpike(
  context: ScenarioContext,
  fields: Fields,
  rate_per_s: number | undefined,
  duration_s: number,
): RatePiece[] | undefined {
  const { source } = context;
  const factor = readSpikeFactor(context, fields['spike']);
  const rise_s = fields['rise'] ? readSeconds(source, fields['rise'], '`rise`') : duration_s / 10;
  const fall_s = fields['fall'] ? readSeconds(source, fields['fall'], '`fall`') : duration_s / 10;
  if (rise_s === undefined || fall_s === undefined) return undefined;
  if (rise_s + fall_s > duration_s) {
    const late = fields['fall'] ?? fields['rise'];
    return source.report('RANGE', late, '`rise` and `fall` together are longer than the phase');
  }
  if (rate_per_s === undefined || factor === undefined) return undefined;
  return spikePieces({ rate_per_s, factor, rise_s, fall_s, duration_s });
}

/** A spike of the plan, or how many times the rate. */
function readSpikeFactor({ source, plan }: ScenarioContext, node: Node): number | undefined {
  const text = source.text_of(node, '`spike`');
  if (text === undefined) return undefined;
  const known = plan.spikes.find(({ name }) => name === text);
  if (known) return known.factor.value;
  const literal = parseLiteral(text);
  if (!isLiteralError(literal)) {
    if (isDimensionless(literal.dimension) && literal.value > 0) return literal.value;
    return source.report('TYPE', node, '`spike` should be a number above 0', { help: 'write `5x`' });
  }
  const names = plan.spikes.map(({ name }) => name);
  const near = nearest(text, names);
  const all = names.length > 0 ? `spikes: ${names.join(', ')}; or write \`5x\`` : 'write `5x`';
  const help = near ? `did you mean \`${near}\`?` : all;
  return source.report('UNKNOWN_NAME', node, `the plan has no spike \`${text}\``, { help });
}
