import type { Node, Source } from '../document/source.ts';
import type { Expression } from '../formula/parse.ts';
import { DISTRIBUTIONS } from '../uncertainty/range.ts';
import type { DistributionName, Range } from '../uncertainty/range.ts';
import { isDimensionless, sameDimension } from '../units/dimension.ts';
import { isLiteralError, parseLiteral } from '../units/literal.ts';
import type { Literal } from '../units/literal.ts';
import type { UnitTable } from '../units/unit.ts';
import { nearestUnit } from './read-formula.ts';
import { choose } from './read-requests.ts';

/** Names that say they hold a measured thing, where a plain number is surely a forgotten unit; with example units. */
const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  latency: ['ms', 's'],
  duration: ['s', 'h'],
  timeout: ['ms', 's'],
  ttl: ['s', 'min'],
  retention: ['days', 'years'],
  size: ['KB', 'MB'],
  memory: ['MB', 'GB'],
  storage: ['GB', 'TB'],
  bandwidth: ['MB/s', 'Gbit/s'],
  rate: ['req/s', '%'],
};
const MEASURED_NAME = new RegExp(`(?:^|[._])(${Object.keys(EXAMPLES).join('|')})(?:$|[._])`);
/** Names that say they hold a part of a whole. */
export const SHARE_NAME = /(?:^|[._])(share|hit_ratio)$/;
const BETWEEN = '..';

/** A number with its unit, and what it may be instead. */
export interface ReadValue {
  readonly expression: Expression;
  readonly range?: Range;
}

export interface ValueNodes {
  readonly value: Node;
  readonly low?: Node;
  readonly high?: Node;
  readonly distribution?: Node;
}

/**
 * Reads an assumed value: `20 req/user/day`, `2..5 KB`, or a value with `low` and `high`, which take its unit when they
 * have none. Reports what is wrong with it, an upside-down range and a negative size included.
 */
export function readValue(source: Source, nodes: ValueNodes, units: UnitTable, id: string): ReadValue | undefined {
  const text = source.text_of(nodes.value, `\`${id}\``);
  if (text === undefined) return undefined;
  if (text.includes(BETWEEN)) return readBetween(source, nodes, text, units, id);
  const literal = readLiteral(source, nodes.value, text, 0, units, id);
  if (!literal) return undefined;
  const expression: Expression = { kind: 'literal', literal, text, offset: 0, length: text.length };
  const { low, high } = nodes;
  if (low === undefined && high === undefined) {
    if (nodes.distribution === undefined) return { expression };
    const help = 'add `low: …` and `high: …`';
    return source.report('MISSING_KEY', nodes.distribution, `a distribution needs both ends`, { help });
  }
  if (low === undefined || high === undefined) {
    const missing = low === undefined ? 'low' : 'high';
    return source.report('MISSING_KEY', low ?? high, `\`${id}\` has one end only`, { help: `add \`${missing}: …\`` });
  }
  const lowEnd = readEnd(source, low, literal, units, id);
  const highEnd = readEnd(source, high, literal, units, id);
  const distribution = readDistribution(source, nodes.distribution, 'triangular');
  if (!lowEnd || !highEnd || !distribution) return undefined;
  if (!inOrder(source, high, id, lowEnd, literal, highEnd)) return undefined;
  return withRange(source, nodes, id, expression, {
    low: lowEnd.value,
    value: literal.value,
    high: highEnd.value,
    distribution,
  });
}

/** `2..5 KB`: anything between, all alike; its value is the midpoint. */
function readBetween(
  source: Source,
  nodes: ValueNodes,
  text: string,
  units: UnitTable,
  id: string,
): ReadValue | undefined {
  const at = text.indexOf(BETWEEN);
  const high = readLiteral(source, nodes.value, text.slice(at + BETWEEN.length), at + BETWEEN.length, units, id);
  const low = high && readEndText(source, nodes.value, text.slice(0, at), high, units, id);
  for (const extra of [nodes.low, nodes.high]) {
    if (extra)
      source.report('DUPLICATE', extra, `\`${id}\` has its ends twice`, { help: 'write `a..b`, or `low` and `high`' });
  }
  const distribution = readDistribution(source, nodes.distribution, 'uniform');
  if (!low || !high || !distribution || !inOrder(source, nodes.value, id, low, low, high)) return undefined;
  const literal = { ...high, value: (low.value + high.value) / 2 };
  const expression: Expression = { kind: 'literal', literal, text, offset: 0, length: text.length };
  return withRange(source, nodes, id, expression, {
    low: low.value,
    value: literal.value,
    high: high.value,
    distribution,
  });
}

function withRange(
  source: Source,
  nodes: ValueNodes,
  id: string,
  expression: Expression,
  range: Range,
): ReadValue | undefined {
  if (range.distribution !== 'lognormal' || range.low > 0) return { expression, range };
  const help = 'use another distribution, or a low end above 0';
  return source.report('RANGE', nodes.distribution, `\`${id}\` cannot be lognormal from 0 on`, { help });
}

function readDistribution(source: Source, node: Node, fallback: DistributionName): DistributionName | undefined {
  return node === undefined ? fallback : choose(source, node, '`distribution`', DISTRIBUTIONS);
}

function inOrder(source: Source, node: Node, id: string, low: Literal, value: Literal, high: Literal): boolean {
  if (low.value <= value.value && value.value <= high.value) return true;
  const help = low.value > high.value ? 'exchange the two ends' : 'the value has to lie between the ends';
  source.report('UPSIDE_DOWN', node, `the range of \`${id}\` is upside down`, { help });
  return false;
}

function readEnd(source: Source, node: Node, like: Literal, units: UnitTable, id: string): Literal | undefined {
  const text = source.text_of(node, 'an end of a range');
  return text === undefined ? undefined : readEndText(source, node, text, like, units, id);
}

function readEndText(
  source: Source,
  node: Node,
  text: string,
  like: Literal,
  units: UnitTable,
  id: string,
): Literal | undefined {
  const bare = parseLiteral(text, units);
  const isBare = !isLiteralError(bare) && isDimensionless(bare.dimension) && bare.writtenUnit === '';
  const full = isBare && like.writtenUnit !== '' ? `${text.trim()} ${like.writtenUnit}` : text;
  const literal = readLiteral(source, node, full, 0, units, id);
  if (!literal || sameDimension(literal.dimension, like.dimension)) return literal;
  const help = `write it in \`${like.writtenUnit || 'plain numbers'}\`, as the value is`;
  return source.report('DIMENSION', node, `the ends of \`${id}\` are of another unit than its value`, { help });
}

/** Reads a literal that stands at `at` inside the node's text. */
function readLiteral(
  source: Source,
  node: Node,
  text: string,
  at: number,
  units: UnitTable,
  id: string,
): Literal | undefined {
  const literal = parseLiteral(text, units);
  if (isLiteralError(literal)) {
    const near = literal.problem === 'unit' ? nearestUnit(text.slice(literal.offset), units) : undefined;
    const help = near ?? literal.help;
    return source.report(literal.problem === 'unit' ? 'UNIT' : 'TYPE', node, literal.message, {
      ...(help ? { help } : {}),
      within: { offset: at + literal.offset, length: literal.length },
    });
  }
  const measured = EXAMPLES[MEASURED_NAME.exec(id)?.[1] ?? ''];
  if (literal.unit === '' && measured) {
    const help = `write ${measured.map((unit) => `\`${text.trim()} ${unit}\``).join(' or ')}`;
    return source.report('UNIT', node, `\`${id}\` needs a unit`, { help });
  }
  if (SHARE_NAME.test(id) && isDimensionless(literal.dimension) && !(literal.value >= 0 && literal.value <= 1)) {
    const help = 'write a part of the whole, from 0 to 100 %';
    return source.report('RANGE', node, `\`${id}\` is a share`, { help });
  }
  if (literal.value < 0 && (measured || !isDimensionless(literal.dimension))) {
    return source.report('NEGATIVE', node, `\`${id}\` cannot be negative`, { help: 'write it without the minus' });
  }
  return literal;
}
