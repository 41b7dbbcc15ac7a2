import { isSeq } from 'yaml';
import type { Node } from '../document/source.ts';
import { nearest } from '../document/nearest.ts';
import type { Pattern } from '../plan/plan.ts';
import { readSeconds } from '../plan/read-scalars.ts';
import { formatNumber } from '../units/format.ts';
import type { RatePiece } from '../workload/workload.ts';
import { borderCount, highestFactor, longestPeriod_s, patternPieces } from './pattern-pieces.ts';
import type { ScenarioContext, Fields } from './read-context.ts';
import { readRate } from './read-rate.ts';

const MAX_PIECES = 100_000;

/** Reads `pattern` with its `from` and `until`, at a `rate` on average or with a `peak`. */
export function readPattern(context: ScenarioContext, fields: Fields, duration_s: number): RatePiece[] | undefined {
  const { source } = context;
  const patterns = readPatternNames(context, fields['pattern']);
  const from_s = fields['from'] ? readSeconds(source, fields['from'], '`from`') : 0;
  const end_s = fields['until'] ? readSeconds(source, fields['until'], '`until`') : undefined;
  const key = fields['peak'] ? 'peak' : 'rate';
  const rate = fields[key] && readRate(context, fields[key], `\`${key}\``);
  if (!patterns || from_s === undefined || (fields['until'] && end_s === undefined)) return undefined;
  const window = { patterns, from_s, until_s: end_s ?? longestPeriod_s(patterns) };
  if (window.from_s >= window.until_s) {
    const last = fields['until'] ?? fields['from'];
    return source.report('UPSIDE_DOWN', last, 'this part of the pattern ends before it starts');
  }
  if (borderCount(window) > MAX_PIECES) {
    const message = `this takes more than ${formatNumber(MAX_PIECES)} parts of the pattern`;
    return source.report('RANGE', fields['until'] ?? fields['pattern'], message);
  }
  if (rate === undefined) return undefined;
  return patternPieces(window, key === 'peak' ? rate / highestFactor(patterns) : rate, duration_s);
}

/** One pattern of the plan, or several that multiply each other. */
function readPatternNames({ source, plan }: ScenarioContext, node: Node): Pattern[] | undefined {
  const items = isSeq(node) ? source.items(node, '`pattern`') : [node];
  const names = plan.patterns.map(({ name }) => name);
  const patterns = items.flatMap((item) => {
    const text = source.text_of(item, '`pattern`');
    const known = plan.patterns.find(({ name }) => name === text);
    if (known || text === undefined) return known ?? [];
    const near = nearest(text, names);
    const all = names.length > 0 ? `patterns: ${names.join(', ')}` : 'it has none; add `patterns`';
    const help = near ? `did you mean \`${near}\`?` : all;
    return source.report('UNKNOWN_NAME', item, `the plan has no pattern \`${text}\``, { help }) ?? [];
  });
  if (items.length === 0) return source.report('MISSING_KEY', node, '`pattern` names no pattern');
  return patterns.length < items.length ? undefined : patterns;
}
