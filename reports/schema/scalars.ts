import { z } from 'zod';
import { UnitTable } from '../../model/units/unit.ts';

// Patterns say no more than a regular expression can: whether a unit exists and fits is for the reader to tell.
const DIGITS = String.raw`(?:\d{1,3}(?:,\d{3})+|\d[\d_]*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?:\s*(?:k|K|M|bn)(?![A-Za-z]))?`;
const WORD = String.raw`(?:[A-Za-zµ]+|[%$1])`;
const UNIT = String.raw`(?:\s*[/*])?\s*${WORD}(?:\s*[/*]\s*${WORD})*`;
const NUMBER = String.raw`\s*[+-]?\$?\s*${DIGITS}(?:${UNIT})?\s*`;
const SHARE = String.raw`\s*\+?${DIGITS}\s*(?:%|percent|x|times)?\s*`;
const TIME_UNIT = [...UnitTable.standard.names()].filter((name) => isTime(name)).join('|');

const METRIC_NAME = String.raw`\s*[A-Za-z_][\w.]*\s*(?:\([^()]*\)\s*)?`;

/** The parts that stand for themselves in the published schemas, under `$defs`. */
export const TEXT = z.union([z.string(), z.number(), z.boolean()]).meta({ id: 'text' });

export const LITERAL = z
  .union([z.number(), matching(NUMBER)])
  .meta({ id: 'number', description: 'A number and its unit', examples: ['10M users', '7,000 req/s', '80 %', 3] });

export const VALUE = z.union([z.number(), matching(`${NUMBER}(?:\\.\\.${NUMBER})?`)]).meta({
  id: 'value',
  description: 'A number and its unit, or a range: anything between two numbers',
  examples: ['10M users', '2..5 KB', '80 %', 3],
});

export const TIME = matching(String.raw`\s*\+?${DIGITS}\s*(?:${TIME_UNIT})\s*`).meta({
  id: 'time',
  description: 'A time with its unit',
  examples: ['250 ms', '90 s', '2 h'],
});

export const PLAIN = z
  .union([z.number().nonnegative(), matching(SHARE)])
  .meta({ id: 'share', description: 'A plain number or a share', examples: ['80 %', 0.8, 3] });

export const FACTOR = z
  .union([z.number().positive(), matching(`${SHARE}(?:\\.\\.${SHARE})?`)])
  .meta({ id: 'factor', description: 'How many times, or a range of it', examples: [5, '10..100'] });

export const COUNT = z
  .union([z.int().positive(), matching(String.raw`\s*[\d,_]+\s*`)])
  .meta({ id: 'count', description: 'A whole number from 1 up', examples: [3] });

export const FORMULA = z.union([z.string(), z.number()]).meta({
  id: 'formula',
  description: 'A formula over the names of the plan; see docs/formulas.md',
  examples: ['users.daily_active * requests.per_user', 'ceil(traffic.peak / app.capacity)'],
});

/** `yes` and `no` are words to YAML; `true` and `false` are not. */
export const YES = z
  .union([z.enum(['yes', 'no']), z.boolean()])
  .meta({ id: 'yes', description: '`yes` or `no`', examples: ['yes', 'no'] });

export const STATEMENT = z
  .union([z.number(), matching(String.raw`\s*(?:<=|>=|<|>|~)?${NUMBER}(?:\.\.${NUMBER})?`)])
  .meta({ id: 'statement', description: 'A number as a document states it', examples: ['~1.6 PB', '< 300 ms'] });

export const METRIC = matching(METRIC_NAME).meta({
  id: 'metric',
  description: 'What to measure',
  examples: ['p95(search)', 'error_rate', 'rate'],
});

export const CRITERION = matching(String.raw`${METRIC_NAME}(?:<=|>=|<|>)${NUMBER}(?:\sin\s+\S+\s*)?`).meta({
  id: 'criterion',
  description: 'A metric, a comparison and a value, maybe in one phase',
  examples: ['p95(latency) < 500 ms', 'error_rate < 0.1 % in peak'],
});

/** Names of quantities: `users.daily_active`. */
export const NAME = matching(String.raw`[a-z][a-z0-9_]*(\.[a-z0-9][a-z0-9_]*)*`);

function matching(pattern: string): z.ZodString {
  return z.string().regex(new RegExp(`^${pattern}$`));
}

function isTime(name: string): boolean {
  const unit = UnitTable.standard.get(name);
  return unit?.dimension.size === 1 && unit.dimension.get('time') === 1;
}
