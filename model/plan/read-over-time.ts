import { hasSplitNumber } from '../document/source.ts';
import type { Node, Source } from '../document/source.ts';
import { nearest } from '../document/nearest.ts';
import { powerOf } from '../formula/power.ts';
import { isDimensionless, sameDimension } from '../units/dimension.ts';
import { isLiteralError, parseLiteral } from '../units/literal.ts';
import type { UnitTable } from '../units/unit.ts';
import type { Growth, Pattern, Quantity, Spike } from './plan.ts';
import { readTexts } from './read-quantities.ts';
import { readNumber, readPlain, readSeconds } from './read-scalars.ts';

const MONTH_S = 730 * 3600;
const MONTHLY = new Map([['time', -1]]);

/** Reads `growth`: assumptions that change from month to month. */
export function readGrowth(
  source: Source,
  node: Node,
  quantities: ReadonlyMap<string, Quantity>,
  units: UnitTable,
): Growth[] {
  if (node === undefined) return [];
  return source.entries(node, '`growth`').flatMap(({ key, keyNode, value }) => {
    const quantity = quantities.get(key);
    const fields = source.fields(value, `growth of \`${key}\``, ['points', 'rate', 'title', 'source', 'note']);
    if (quantity?.kind !== 'assumed') {
      if (quantity || source.diagnostics.length === 0) reportNoAssumption(source, keyNode, key, quantity, quantities);
      return [];
    }
    const points = readPoints(source, fields['points'], quantity, units);
    const rate = fields['rate'] ? readMonthlyRate(source, fields['rate'], units) : 0;
    if (!fields['points'] && !fields['rate']) {
      source.report('MISSING_KEY', value, `growth of \`${key}\` needs \`points\` or \`rate\``);
    }
    return rate === undefined ? [] : [{ quantity: key, points, rate }];
  });
}

function reportNoAssumption(
  source: Source,
  node: Node,
  id: string,
  quantity: Quantity | undefined,
  quantities: ReadonlyMap<string, Quantity>,
): void {
  const assumed = [...quantities.values()].filter(({ kind }) => kind === 'assumed').map((each) => each.id);
  const near = nearest(id, assumed);
  const message = quantity ? `\`${id}\` is derived; what grows is an assumption` : `nothing is called \`${id}\``;
  source.report('UNKNOWN_NAME', node, message, near && !quantity ? { help: `did you mean \`${near}\`?` } : {});
}

function readPoints(source: Source, node: Node, quantity: Quantity, units: UnitTable): Growth['points'] {
  if (node === undefined) return [];
  if (hasSplitNumber(node)) {
    const help = 'a comma ends a value inside `{ }`: put the number in quotes';
    return source.report('TYPE', node, 'a number is split by its comma', { help }) ?? [];
  }
  const points = source.entries(node, '`points`').flatMap(({ key, keyNode, value }) => {
    const month = Number(key);
    const literal = readNumber(source, value, 'a point', units);
    if (!(month >= 0)) {
      return source.report('TYPE', keyNode, `\`${key}\` is not a month`, { help: 'count months from 0' }) ?? [];
    }
    if (!literal) return [];
    if (!sameDimension(literal.dimension, quantity.dimension)) {
      const help = `write it in the unit of \`${quantity.id}\`, ${quantity.formula}`;
      return source.report('DIMENSION', value, 'this point is of another unit', { help }) ?? [];
    }
    return literal.value > 0
      ? [{ month, value: literal.value }]
      : (source.report('RANGE', value, 'growth starts above 0') ?? []);
  });
  return points.toSorted((a, b) => a.month - b.month);
}

/** `5 %/month`, also by week or year: compounded, 60 %/year comes to 4 % a month. */
function readMonthlyRate(source: Source, node: Node, units: UnitTable): number | undefined {
  const literal = readNumber(source, node, '`rate`', units);
  if (!literal) return undefined;
  const per = units.get(literal.writtenUnit.split('/').at(-1) ?? '');
  if (per && sameDimension(literal.dimension, MONTHLY)) {
    return powerOf(1 + literal.value * per.factor, MONTH_S / per.factor) - 1;
  }
  return source.report('DIMENSION', node, '`rate` should be a share per time', { help: 'write `5 %/month`' });
}

/** Reads `patterns`: how load moves over a day, a week, a year. */
export function readPatterns(source: Source, node: Node): Pattern[] {
  if (node === undefined) return [];
  return source.entries(node, '`patterns`').flatMap(({ key, value }) => {
    const what = `pattern \`${key}\``;
    const keys = ['period', 'shares', 'factors', 'title', 'source', 'note'];
    const fields = source.fields(value, what, keys, ['period']);
    const period_s = readSeconds(source, fields['period'], '`period`', 1);
    const { title = key, source: from } = readTexts(source, fields);
    if (period_s === undefined) return [];
    if (!fields['shares'] === !fields['factors']) {
      return source.report('MISSING_KEY', value, `${what} needs either \`shares\` or \`factors\``) ?? [];
    }
    const parts = fields['shares']
      ? readShares(source, fields['shares'], period_s)
      : readFactors(source, fields['factors'], period_s);
    return parts ? [{ name: key, title, period_s, parts, ...(from === undefined ? {} : { source: from }) }] : [];
  });
}

/** Shares of the period's traffic between two times; what lies between them has none. */
function readShares(source: Source, node: Node, period_s: number): Pattern['parts'] | undefined {
  const before = source.diagnostics.length;
  const read = source.items(node, '`shares`').flatMap((item) => {
    const fields = source.fields(item, 'a share of a pattern', ['from', 'to', 'share'], ['from', 'to', 'share']);
    const from_s = readSeconds(source, fields['from'], '`from`');
    const to_s = readSeconds(source, fields['to'], '`to`');
    const share = readPlain(source, fields['share'], '`share`');
    if (from_s === undefined || to_s === undefined || share === undefined) return [];
    if (from_s >= to_s || to_s > period_s) {
      return source.report('UPSIDE_DOWN', item, 'this part ends before it starts, or behind the period') ?? [];
    }
    return [{ from_s, to_s, share }];
  });
  const sorted = read.toSorted((a, b) => a.from_s - b.from_s);
  const overlap = sorted.find((part, index) => part.from_s < (sorted[index - 1]?.to_s ?? 0));
  if (overlap) source.report('RANGE', node, 'two parts of this pattern overlap');
  const total = sorted.reduce((sum, { share }) => sum + share, 0);
  if (source.diagnostics.length === before && Math.abs(total - 1) > 1e-9) {
    const percent = Number((total * 100).toFixed(6));
    const help = 'give the rest to a part, or take it away from one';
    source.report('SHARES', node, `the shares add up to ${percent} %, not 100 %`, { help });
  }
  if (source.diagnostics.length > before) return undefined;
  return filled(sorted, period_s);
}

function filled(
  shares: readonly { readonly from_s: number; readonly to_s: number; readonly share: number }[],
  period_s: number,
): Pattern['parts'] {
  const parts: Pattern['parts'][number][] = [];
  const add = (from_s: number, to_s: number, share: number): void => {
    if (to_s > from_s) parts.push({ label: '', from_s, to_s, factor: (share * period_s) / (to_s - from_s) });
  };
  let at = 0;
  for (const { from_s, to_s, share } of shares) {
    add(at, from_s, 0);
    add(from_s, to_s, share);
    at = to_s;
  }
  add(at, period_s, 0);
  return parts;
}

/** Equal parts of the period, each relative to normal; kept relative to the mean of all. */
function readFactors(source: Source, node: Node, period_s: number): Pattern['parts'] | undefined {
  const entries = source.entries(node, '`factors`');
  const factors = entries.map(({ value }) => readPlain(source, value, 'a factor'));
  const known = factors.filter((factor) => factor !== undefined);
  const mean = known.reduce((sum, factor) => sum + factor, 0) / known.length;
  if (known.length < entries.length) return undefined;
  if (!(mean > 0)) return source.report('RANGE', node, 'a pattern needs a part above 0');
  const each_s = period_s / entries.length;
  return entries.map(({ key }, index) => ({
    label: key,
    from_s: index * each_s,
    to_s: (index + 1) * each_s,
    factor: (known[index] ?? 0) / mean,
  }));
}

/** Reads `spikes`: increases over the load of the moment. */
export function readSpikes(source: Source, node: Node): Spike[] {
  if (node === undefined) return [];
  return source.entries(node, '`spikes`').flatMap(({ key, value }) => {
    const keys = ['factor', 'duration', 'title', 'source', 'note'];
    const fields = source.fields(value, `spike \`${key}\``, keys, ['factor', 'duration']);
    const factor = readFactor(source, fields['factor']);
    const duration_s = readSeconds(source, fields['duration'], '`duration`', 1);
    const { title = key, source: from } = readTexts(source, fields);
    if (!factor || duration_s === undefined) return [];
    return [{ name: key, title, factor, duration_s, ...(from === undefined ? {} : { source: from }) }];
  });
}

/** `5`, `5x` or `10..100`. */
function readFactor(source: Source, node: Node): Spike['factor'] | undefined {
  if (node === undefined) return undefined;
  const text = source.text_of(node, '`factor`') ?? '';
  const [low = Number.NaN, high = low] = text.split('..').map((part) => {
    const literal = parseLiteral(part);
    return isLiteralError(literal) || !isDimensionless(literal.dimension) ? Number.NaN : literal.value;
  });
  if (!(low > 0) || !(high > 0))
    return source.report('TYPE', node, '`factor` should be a number above 0', { help: 'write `5` or `10..100`' });
  if (low > high)
    return source.report('UPSIDE_DOWN', node, '`factor` is upside down', { help: 'exchange the two ends' });
  return { low, value: (low + high) / 2, high };
}
