import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baseUnitSymbol } from '../units/dimension.ts';
import type { Dimension } from '../units/dimension.ts';
import { UnitTable } from '../units/unit.ts';
import { dimensionOf, evaluate, namesIn } from './evaluate.ts';
import { isFormulaProblem, parseFormula } from './parse.ts';
import type { Expression, FormulaProblem } from './parse.ts';

function parsed(text: string): Expression {
  const expression = parseFormula(text, UnitTable.standard);
  if (isFormulaProblem(expression)) throw new Error(expression.message);
  return expression;
}

const VALUES: Readonly<Record<string, readonly [number, string]>> = {
  'users.daily': [10e6, 'user'],
  'requests.per_user': [20 / 86_400, 'req/user/s'],
  rate: [6944.4, 'req/s'],
  each: [1000, 'req/s/server'],
  size: [2000, 'B'],
};

function dimensions(): Map<string, Dimension> {
  return new Map(
    Object.entries(VALUES).map(([name, [, unit]]) => {
      const read = UnitTable.standard.parse(unit);
      if ('unknown' in read) throw new Error(read.unknown);
      return [name, read.dimension];
    }),
  );
}

function compute(text: string): [number, string] {
  const expression = parsed(text);
  const problems: FormulaProblem[] = [];
  const dimension = dimensionOf(expression, dimensions(), problems);
  if (!dimension) throw new Error(problems.map(({ message }) => message).join('; '));
  return [evaluate(expression, (name) => VALUES[name]?.[0] ?? Number.NaN), baseUnitSymbol(dimension)];
}

describe('a formula', () => {
  it.each([
    ['1 + 2 * 3', 7, ''],
    ['(1 + 2) * 3', 9, ''],
    ['2 ^ 3 ^ 2', 512, ''],
    ['-2 ^ 2', -4, ''],
    ['10 - 4 - 3', 3, ''],
    ['8 / 4 / 2', 1, ''],
    ['1 - 80 %', 0.2, ''],
    ['users.daily * requests.per_user', 2314.81, 'req/s'],
    ['5 KB * 3', 15_000, 'B'],
    ['size * 2 + 1 KB', 5000, 'B'],
    ['rate * 10 ms', 69.444, 'req'],
    ['servers(rate, each, 20 %)', 9, 'server'],
    ['ceil(rate / each)', 7, 'server'],
    ['floor(7.9)', 7, ''],
    ['ceil(9.000000000000002)', 9, ''],
    ['max(rate, 8,000 req/s)', 8000, 'req/s'],
    ['min(3, 1, 2)', 1, ''],
    ['(2 s) ^ 2', 4, 's^2'],
    ['$0.504/h * 730 h', 367.92, 'USD'],
  ])('%s', (text, value, unit) => {
    const [got, gotUnit] = compute(text);
    expect(got).toBeCloseTo(value, 1);
    expect(gotUnit).toBe(unit);
  });

  it.each([
    ['rate +', 'FORMULA', ''],
    ['rate rate', 'FORMULA', 'rate'],
    ['(rate', 'FORMULA', ''],
    ['2 * 5 bananas', 'UNIT', 'bananas'],
    ['rate % 2', 'FORMULA', '%'],
    ['', 'FORMULA', ''],
  ])('with a slip is refused where it slips: %s', (text, problem, at) => {
    const result = parseFormula(text, UnitTable.standard);
    if (!isFormulaProblem(result)) throw new Error('it was accepted');
    expect(result.problem).toBe(problem);
    expect(text.slice(result.offset, result.offset + result.length)).toBe(at);
  });

  it.each([
    ['rate + size', 'DIMENSION'],
    ['ceil(size)', 'DIMENSION'],
    ['size ^ rate', 'DIMENSION'],
    ['max(rate, size)', 'DIMENSION'],
    ['servers(rate, each, 5 s)', 'DIMENSION'],
    ['serv(rate, each, 1)', 'UNKNOWN_NAME'],
    ['servers(rate)', 'FORMULA'],
  ])('with clashing units is refused: %s', (text, problem) => {
    const problems: FormulaProblem[] = [];
    expect(dimensionOf(parsed(text), dimensions(), problems)).toBeUndefined();
    expect(problems.map((found) => found.problem)).toEqual([problem]);
  });

  it('names what it uses, each once', () => {
    expect(namesIn(parsed('a.b * c + a.b')).map(({ name }) => name)).toEqual(['a.b', 'c']);
  });

  it('never adds what cannot be added, whatever is multiplied before', () => {
    const unit = fc.constantFrom('req', 'server', 's', 'B', 'user');
    fc.assert(
      fc.property(unit, unit, fc.integer({ min: 1, max: 1000 }), (a, b, n) => {
        const problems: FormulaProblem[] = [];
        const dimension = dimensionOf(parsed(`${n} ${a} * 2 + ${n} ${b} * 3`), new Map(), problems);
        expect(dimension === undefined).toBe(a !== b);
      }),
    );
  });
});
