import { describe, expect, it } from 'vitest';
import { isLiteralError, parseLiteral } from '../units/literal.ts';
import type { Statement } from '../plan/plan.ts';
import { judgeStatement } from './statement.ts';

function says(text: string, bound: Statement['bound'] = 'equal'): Statement {
  const literal = parseLiteral(text);
  if (isLiteralError(literal)) throw new Error(literal.message);
  return { text, bound, literal };
}

describe('judgeStatement', () => {
  it.each([
    ['7,000 req/s', 6944.4, 'holds'],
    ['2,315 req/s', 2314.8, 'holds'],
    ['2,315 req/s', 2316, 'close'],
    ['1.6 PB', 1.28e15, 'contradicted'],
    ['100 ms', 0.14, 'contradicted'],
    ['11,000 query/s', 10_988.9, 'holds'],
    ['5.3 GB/s', 5.347e9, 'holds'],
    ['90 servers', 9, 'contradicted'],
    ['9 servers', 9, 'holds'],
    ['99.86 %', 0.998611, 'holds'],
    ['99.99 %', 0.9986, 'contradicted'],
    ['99.900 %', 0.99902, 'close'],
    ['81 %', 0.78, 'close'],
    ['0 order', 0, 'holds'],
    ['0 order', 1, 'contradicted'],
  ])('%s against %d: %s', (text, value, finding) => expect(judgeStatement(says(text), value)).toBe(finding));

  it.each([
    ['below', 0.49, 'holds'],
    ['below', 0.5, 'close'],
    ['below', 0.6, 'contradicted'],
    ['at most', 0.5, 'holds'],
    ['above', 0.5, 'close'],
    ['at least', 0.5, 'holds'],
    ['at least', 0.3, 'contradicted'],
  ] as const)('%s 500 ms against %d s: %s', (bound, value, finding) => {
    expect(judgeStatement(says('500 ms', bound), value)).toBe(finding);
  });

  it.each([
    [0.9, 'contradicted'],
    [9.8, 'close'],
    [10, 'holds'],
    [25, 'holds'],
    [30, 'holds'],
    [31, 'close'],
    [60, 'contradicted'],
  ] as const)('10..30 s against %d s: %s', (value, finding) => {
    const upper = says('30 s').literal;
    expect(judgeStatement({ ...says('10 s', 'between'), upper }, value)).toBe(finding);
  });

  it('takes an availability by what is missing to 100 %', () => {
    expect(judgeStatement(says('99.99 %', 'at least'), 0.9986)).toBe('contradicted');
    expect(judgeStatement(says('99.99 %', 'at least'), 0.999897)).toBe('close');
  });
});
