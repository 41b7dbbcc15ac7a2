import { nearest } from '../document/nearest.ts';
import { criterionProblem } from './criterion-problem.ts';
import type { CriterionProblem } from './criterion-problem.ts';
import { KEEPSAKES, LOOKOUTS } from './metric.ts';
import type { Metric, TimeKind } from './metric.ts';

/** A word of the metric with its offset in the text. */
interface Word {
  readonly text: string;
  readonly offset: number;
}

/** How each metric is written; also what `did you mean` chooses from. */
const FORMS: Readonly<Record<string, string>> = {
  p50: 'p50(latency)',
  p90: 'p90(latency)',
  p95: 'p95(latency)',
  p99: 'p99(latency)',
  'p99.9': 'p99.9(latency)',
  mean: 'mean(latency)',
  max: 'max(latency)',
  error_rate: 'error_rate(checkout)',
  rate: 'rate(search)',
  reached: 'reached',
  ratio: 'ratio(cache.hits, cache.misses)',
  per_request: 'per_request(database.queries)',
  counter: 'counter(orders.rejected)',
  cpu: 'cpu(app)',
  memory: 'memory(app)',
  memory_growth: 'memory_growth(app)',
  utilisation: 'utilisation(app)',
  recovery: 'recovery(writes)',
  lost: 'lost(writes)',
  cost: 'cost',
};
const ALL_FORMS =
  'p95(…), mean(…), max(…), error_rate, rate, reached, ratio(…), per_request(…), counter(…), cpu(…), memory(…), memory_growth(…), utilisation(…), recovery, lost(…), cost';

const METRIC = /^(\s*)([A-Za-z_][\w.]*)(\s*)(?:\(([^()]*)\)\s*)?$/;
const PERCENTILE = /^p(\d+(?:\.\d+)?)$/;
const NAME = /^[A-Za-z_][\w.-]*$/;

/**
 * Reads a metric such as `p95(search)`, `p99.9(latency, service)`, `error_rate` or `ratio(cache.hits, cache.misses)`.
 * `latency` stands for all request classes together, any other word there for one class.
 */
export function parseMetric(text: string): Metric | CriterionProblem {
  const match = METRIC.exec(text);
  if (!match) return notAMetric(text);
  const [, indent = '', name = '', gap = '', inside] = match;
  const word = { text: name, offset: indent.length };
  const args = inside === undefined ? [] : splitArguments(inside, indent.length + name.length + gap.length + 1);
  const unnamed = args.find((arg) => !NAME.test(arg.text));
  if (unnamed) {
    const message = unnamed.text === '' ? `\`${name}\` has an empty argument` : `\`${unnamed.text}\` is not a name`;
    return criterionProblem(message, unnamed.offset, unnamed.text.length, `write \`${formOf(name)}\``);
  }
  return latencyMetric(word, args) ?? countMetric(word, args) ?? unknownMetric(word);
}

function latencyMetric(word: Word, args: readonly Word[]): Metric | CriterionProblem | undefined {
  const percentText = PERCENTILE.exec(word.text)?.[1];
  if (percentText === undefined && word.text !== 'mean' && word.text !== 'max') return undefined;
  const [of, time, ...rest] = args;
  if (!of || rest.length > 0) return wrongArguments(word, args, 'a request class, or `latency` for all of them');
  const timeKind = time ? timeKindOf(time) : 'response';
  if (typeof timeKind === 'object') return timeKind;
  const common = { time: timeKind, ...(of.text === 'latency' ? {} : { class: of.text }) };
  if (percentText === undefined) return { kind: word.text === 'mean' ? 'mean' : 'max', ...common };
  const percent = Number(percentText);
  if (percent > 0 && percent < 100) return { kind: 'percentile', percent, ...common };
  const help = percent === 100 ? 'write `max(…)` for the largest' : 'write a percentile such as `p95` or `p99.9`';
  return criterionProblem('a percentile lies between 0 and 100', word.offset, word.text.length, help);
}

function timeKindOf(word: Word): TimeKind | CriterionProblem {
  if (word.text === 'response' || word.text === 'service') return word.text;
  const help = 'write `service` (from the send) or `response` (from the intended arrival)';
  return criterionProblem(`\`${word.text}\` is not a kind of latency`, word.offset, word.text.length, help);
}

function countMetric(word: Word, args: readonly Word[]): Metric | CriterionProblem | undefined {
  const [first, second] = args;
  switch (word.text) {
    case 'error_rate':
    case 'rate':
    case 'reached':
      if (args.length > 1) return wrongArguments(word, args, 'at most one request class');
      if (first?.text === 'latency') {
        const help = `write \`${word.text}\` for all classes together`;
        return criterionProblem('`latency` is not a request class', first.offset, first.text.length, help);
      }
      return { kind: word.text, ...(first ? { class: first.text } : {}) };
    case 'ratio':
      if (!first || !second || args.length > 2) return wrongArguments(word, args, 'two counters');
      return { kind: 'ratio', part: first.text, rest: second.text };
    case 'per_request':
    case 'counter':
      if (!first || second) return wrongArguments(word, args, 'one counter');
      return { kind: word.text, counter: first.text };
    case 'cpu':
    case 'memory':
    case 'memory_growth':
    case 'utilisation':
      if (!first || second) return wrongArguments(word, args, 'one tier');
      return { kind: word.text, tier: first.text };
    case 'recovery': {
      if (!first) return { kind: 'recovery' };
      if (second) return wrongArguments(word, args, 'at most one word');
      const of = oneOf(first, LOOKOUTS, 'what a watch sees the outages of');
      return typeof of === 'object' ? of : { kind: 'recovery', of };
    }
    case 'lost': {
      if (!first || second) return wrongArguments(word, args, `one of ${KEEPSAKES.join(', ')}`);
      const of = oneOf(first, KEEPSAKES, 'what a check looks for');
      return typeof of === 'object' ? of : { kind: 'lost', of };
    }
    case 'cost':
      return first ? wrongArguments(word, args, 'nothing: it is that of the whole step') : { kind: 'cost' };
    default:
      return undefined;
  }
}

function oneOf<T extends string>(word: Word, known: readonly T[], what: string): T | CriterionProblem {
  const found = known.find((each) => each === word.text);
  const help = `write one of ${known.join(', ')}`;
  return found ?? criterionProblem(`\`${word.text}\` is not ${what}`, word.offset, word.text.length, help);
}

function splitArguments(inside: string, start: number): Word[] {
  let offset = start;
  return inside.split(',').map((part) => {
    const word = { text: part.trim(), offset: offset + (part.length - part.trimStart().length) };
    offset += part.length + 1;
    return word;
  });
}

function wrongArguments(word: Word, args: readonly Word[], wanted: string): CriterionProblem {
  const help = `write \`${formOf(word.text)}\``;
  const found = args.length === 0 ? 'none' : args.map((arg) => `\`${arg.text}\``).join(', ');
  return criterionProblem(`\`${word.text}\` takes ${wanted}, found ${found}`, word.offset, word.text.length, help);
}

function unknownMetric(word: Word): CriterionProblem {
  const near = nearest(word.text, Object.keys(FORMS));
  const help = near ? `did you mean \`${formOf(near)}\`?` : `metrics: ${ALL_FORMS}`;
  return criterionProblem(`unknown metric \`${word.text}\``, word.offset, word.text.length, help);
}

function notAMetric(text: string): CriterionProblem {
  const trimmed = text.trim();
  const offset = text.length - text.trimStart().length;
  const message = trimmed === '' ? 'the metric is missing' : `\`${trimmed}\` is not a metric`;
  return criterionProblem(message, offset, trimmed.length, `metrics: ${ALL_FORMS}`);
}

function formOf(name: string): string {
  return FORMS[name] ?? (PERCENTILE.test(name) ? `${name}(latency)` : 'p95(latency)');
}
