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
});
