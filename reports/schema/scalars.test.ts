import { array, assert, constantFrom, pre, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCriterionProblem, parseCriterion } from '../../model/judge/criterion.ts';
import { isLiteralError, parseLiteral } from '../../model/units/literal.ts';
import { UnitTable } from '../../model/units/unit.ts';
import { COUNT, CRITERION, FACTOR, LITERAL, PLAIN, STATEMENT, TIME, VALUE } from './scalars.ts';

const word = constantFrom(...UnitTable.standard.names(), '1', 'parcel', '');
const unit = tuple(
  constantFrom('', '/', ' '),
  word,
  array(tuple(constantFrom('/', '*', ' / '), word), { maxLength: 3 }),
).map(([before, first, rest]) => `${before}${first}${rest.flat().join('')}`);
const digits = constantFrom('7', '7,000', '7_000', '0', '0.25', '1e6', '2.5E-3', '7,00', '.5', '12', '');
const literal = tuple(
  constantFrom('', '-', '+', '$', '-$', ' '),
  digits,
  constantFrom('', 'k', 'M', ' bn', 'm'),
  constantFrom('', ' '),
  unit,
).map((parts) => parts.join(''));

describe('the patterns', () => {
  it('take every number that the reader takes', () => {
    assert(
      property(literal, (text) => {
        pre(!isLiteralError(parseLiteral(text)));
        const refused = [LITERAL, VALUE, STATEMENT].filter((schema) => !schema.safeParse(text).success);
        expect(refused).toEqual([]);
        expect(VALUE.safeParse(`2..${text}`).success).toBe(true);
        expect(CRITERION.safeParse(`rate(search) >= ${text} in peak`).success).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['a number', LITERAL, ['many', '', '10M users each day', '10 users, 5', '2..5 KB', true, null]],
    ['a value', VALUE, ['few..many', '2..', '..5 KB', '2...5']],
    ['a time', TIME, ['5', 5, '5 users', '-5 s', 's']],
    ['a share', PLAIN, ['80 users', -1, '-80 %', 'half']],
    ['a factor', FACTOR, ['10..', 0, '5 users']],
    ['a count', COUNT, [0, 1.5, -1, 'two', '1.5']],
    ['a statement', STATEMENT, ['= 5 s', '<', 'fast']],
  ])('refuse what is not %s', (_, schema, wrong) => {
    expect(wrong.filter((value) => schema.safeParse(value).success)).toEqual([]);
  });

  it.each([
    'p95(latency) < 500 ms',
    'p99.9(checkout, service)<=2 s',
    ' error_rate < 0.1 % in peak ',
    'error_rate(checkout) < 0.1%',
    'reached >= 99 %',
    'ratio(cache.hits, cache.misses) >= 80 %',
    'rate > 7,000 req/s',
    'cpu(app) < 1.5',
  ])('take the criterion `%s`', (text) => {
    expect(isCriterionProblem(parseCriterion(text))).toBe(false);
    expect(CRITERION.safeParse(text).success).toBe(true);
  });

  it.each(['p95(latency)', 'p95(latency) = 500 ms', '< 500 ms', 'p95(latency) < fast'])(
    'refuse the criterion `%s`',
    (text) => expect(CRITERION.safeParse(text).success).toBe(false),
  );
});
