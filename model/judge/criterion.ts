import { isLiteralError, parseLiteral } from '../units/literal.ts';
import { UnitTable } from '../units/unit.ts';
import type { Metric } from './metric.ts';
import { criterionProblem, isCriterionProblem } from './criterion-problem.ts';
import type { CriterionProblem } from './criterion-problem.ts';
import { parseMetric } from './parse-metric.ts';
import { exampleOf, wrongThreshold } from './threshold.ts';

export { isCriterionProblem } from './criterion-problem.ts';
export type { CriterionProblem } from './criterion-problem.ts';
export { parseMetric } from './parse-metric.ts';
export { metricClasses } from './metric.ts';
export type { Metric } from './metric.ts';

export type Operator = '<' | '<=' | '>' | '>=';

/** One line of what must hold, e.g. `p95(search) < 300 ms in peak`. */
export interface Criterion {
  /** As written, without spaces around it. */
  readonly text: string;
  readonly metric: Metric;
  readonly operator: Operator;
  /** In base units: s, req/s, a share from 0 to 1, cores, or whatever the counter counts. */
  readonly threshold: number;
  /** The threshold's unit as written, `''` when there is none. */
  readonly unit: string;
  /** The one phase to look at; absent for all judged phases together. */
  readonly phase?: string;
}

const OPERATOR = /<=|>=|<|>|=+|≤|≥/;
const CORRECTED: Readonly<Record<string, string>> = { '=': '<= or >=', '==': '<= or >=', '≤': '<=', '≥': '>=' };

/**
 * Reads `<metric> <op> <literal> [in <phase>]`, op being one of < <= > >=. Units are checked against the metric: a latency
 * wants a time, a rate wants req/s, shares have none. `units` adds a plan's own counted nouns.
 */
export function parseCriterion(text: string, units: UnitTable = UnitTable.standard): Criterion | CriterionProblem {
  const match = OPERATOR.exec(text);
  if (!match) {
    const help = 'write `<metric> < <value>`, as in `p95(latency) < 500 ms`';
    return criterionProblem('the criterion compares nothing', 0, text.length, help);
  }
  const operator = operatorOf(match[0]);
  if (!operator) {
    const help = `write ${CORRECTED[match[0]] ?? '<, <=, > or >='}`;
    return criterionProblem(`\`${match[0]}\` is not a comparison`, match.index, match[0].length, help);
  }
  const metric = parseMetric(text.slice(0, match.index));
  if (isCriterionProblem(metric)) return metric;
  const start = match.index + match[0].length;
  const limit = parseLimit(text.slice(start), start, metric, units);
  if (isCriterionProblem(limit)) return limit;
  return { text: text.trim(), metric, operator, ...limit };
}

function operatorOf(text: string): Operator | undefined {
  return text === '<' || text === '<=' || text === '>' || text === '>=' ? text : undefined;
}

type Limit = Pick<Criterion, 'threshold' | 'unit' | 'phase'>;

/** Reads what stands right of the comparison: a literal and maybe `in <phase>`. */
function parseLimit(text: string, start: number, metric: Metric, units: UnitTable): Limit | CriterionProblem {
  const suffix = /\sin(?:\s+(\S.*?))?\s*$/.exec(text);
  const phase = suffix?.[1];
  if (suffix && (phase === undefined || /\s/.test(phase))) {
    const help = 'write the name of one phase, as in `in peak`';
    return criterionProblem('`in` wants one phase', start + suffix.index + 1, suffix[0].trim().length, help);
  }
  const written = suffix ? text.slice(0, suffix.index) : text;
  const lead = written.length - written.trimStart().length;
  const trimmed = written.trim();
  if (trimmed === '') {
    return criterionProblem('the value is missing', Math.max(0, start - 1), 1, `write \`${exampleOf(metric)}\``);
  }
  const literal = parseLiteral(trimmed, units);
  if (isLiteralError(literal)) {
    const help = literal.help ?? `write a value such as \`${exampleOf(metric)}\``;
    return criterionProblem(literal.message, start + lead + literal.offset, literal.length, help);
  }
  const wrong = wrongThreshold(literal, metric);
  if (wrong) return criterionProblem(wrong.message, start + lead, trimmed.length, wrong.help);
  return { threshold: literal.value, unit: literal.unit, ...(phase === undefined ? {} : { phase }) };
}
