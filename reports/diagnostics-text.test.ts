import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../model/document/diagnostic.ts';
import { renderDiagnostics } from './diagnostics-text.ts';
import { plainStyle } from './style.ts';
import { textWidth } from './text-width.ts';

const SHOP = `plan: shop

traffic:
  traffic.peak: 310 req/s

assume:
    peek_factor: 3
latency:
     latency.p95: 250
architecture:
    instances: 2
`;

function error(change: Partial<Diagnostic>): Diagnostic {
  const place = { path: 'plans/shop.yaml', line: 7, column: 5, length: 11 };
  return { code: 'PLAN_UNKNOWN_KEY', severity: 'error', message: 'unknown key', ...place, ...change };
}

test('errors as a user should meet them', () => {
  const diagnostics = [
    error({ message: 'unknown key `peek_factor` in `assume`', help: 'did you mean `peak.factor`?' }),
    error({
      code: 'PLAN_UNIT',
      line: 9,
      column: 19,
      length: 3,
      message: '`latency.p95` needs a unit',
      help: 'write `250 ms` or `0.25 s`',
    }),
    error({
      code: 'PLAN_RANGE',
      line: 11,
      column: 16,
      length: 1,
      message: '`orders-db` can never keep up',
      help: '2 × 120 req/s = 240 req/s',
      related: { line: 4, column: 17, length: 9, label: 'but 310 req/s arrive here' },
    }),
  ];
  const text = renderDiagnostics(diagnostics, SHOP, 'plans/shop.yaml', plainStyle, { tail: 'nothing was started' });
  expect(text).toMatchInlineSnapshot(`
    "plans/shop.yaml:7:5: error[PLAN_UNKNOWN_KEY]: unknown key \`peek_factor\` in \`assume\`
      |
    7 |     peek_factor: 3
      |     ^^^^^^^^^^^ did you mean \`peak.factor\`?

    plans/shop.yaml:9:19: error[PLAN_UNIT]: \`latency.p95\` needs a unit
      |
    9 |      latency.p95: 250
      |                   ^^^ write \`250 ms\` or \`0.25 s\`

    plans/shop.yaml:11:16: error[PLAN_RANGE]: \`orders-db\` can never keep up
       |
    11 |     instances: 2
       |                ^ 2 × 120 req/s = 240 req/s
       |
    4  |   traffic.peak: 310 req/s
       |                 --------- but 310 req/s arrive here

    3 errors in plans/shop.yaml; nothing was started
    "
  `);
});

test('a single error without help or tail', () => {
  const text = renderDiagnostics([error({})], SHOP, 'plans/shop.yaml', plainStyle);
  expect(text).toMatchInlineSnapshot(`
    "plans/shop.yaml:7:5: error[PLAN_UNKNOWN_KEY]: unknown key
      |
    7 |     peek_factor: 3
      |     ^^^^^^^^^^^

    1 error in plans/shop.yaml
    "
  `);
});

function marked(source: string, change: Partial<Diagnostic>, width = 80): string[] {
  const text = renderDiagnostics([error({ line: 1, column: 1, length: 1, ...change })], source, 'a.yaml', plainStyle, {
    width,
  });
  return text.split('\n').slice(2, -3);
}

describe('lines that do not fit', () => {
  test('tabs are drawn as spaces, and the caret follows them', () => {
    expect(marked('a:\tbc', { column: 4, length: 2 })).toEqual(['1 | a:  bc', '  |     ^^']);
  });

  test('wide characters take two columns', () => {
    expect(marked('容量: 多', { column: 5, length: 1 })).toEqual(['1 | 容量: 多', '  |       ^^']);
  });

  test('control characters cannot steer the terminal', () => {
    expect(marked('a: \u001B[2Jb', { column: 8, length: 1 })).toEqual(['1 | a: ·[2Jb', '  |        ^']);
  });

  test('a long line is cut around the caret', () => {
    const source = `${'left '.repeat(40)}HERE${' right'.repeat(40)}`;
    const [line = '', marks = ''] = marked(source, { column: 201, length: 4, help: 'mend it' }, 60);
    expect(textWidth(line)).toBeLessThanOrEqual(60);
    expect(line).toMatch(/^1 \| ….*HERE.*…$/);
    expect(marks.indexOf('^')).toBe(line.indexOf('HERE'));
    expect(marks).toContain('^^^^ mend it');
  });

  test('help that does not fit beside the caret goes below', () => {
    const help = 'write the number with its unit, as in `250 ms`, because a bare number says nothing';
    expect(marked('latency: 250', { column: 10, length: 3, help }, 60)).toEqual([
      '1 | latency: 250',
      '  |          ^^^',
      '  = help: write the number with its unit, as in `250 ms`,',
      '          because a bare number says nothing',
    ]);
  });

  test('a place behind the end of the file has a caret all the same', () => {
    expect(marked('a: 1', { line: 9, column: 1 })).toEqual(['9 |', '  | ^']);
    expect(marked('a:', { column: 3 })).toEqual(['1 | a:', '  |   ^']);
  });
});

function mark(text: string): string {
  return `<${text}>`;
}

test('emphasis wraps parts of the same text', () => {
  const style = { strong: mark, dim: mark, good: mark, bad: mark, warn: mark, accent: mark };
  const plain = renderDiagnostics([error({ help: 'so' })], SHOP, 'a', plainStyle);
  const styled = renderDiagnostics([error({ help: 'so' })], SHOP, 'a', style);
  expect(styled).not.toBe(plain);
  expect(styled.replaceAll(/[<>]/g, '')).toBe(plain);
});
