import { expect, test } from 'vitest';
import { intervalByHand } from '../model/judge/observation-by-hand.ts';
import { csvField } from './csv-field.ts';
import { intervalsCsv } from './intervals-csv.ts';
import { runByHand } from './testing/result-by-hand.ts';

const BUSY = {
  ...intervalByHand(10, 100, 7),
  response_us: { p50: 900, p95: 2100, p99: 4000, max: 9000 },
  ok: 98,
  timeout: 2,
};
const CHANGE = {
  intervals: [intervalByHand(9, 0, 0), BUSY],
  tiers: [
    {
      tier: 'app',
      series: [
        { at_s: 10.2, cpu_cores: 0.5, memory_bytes: 1e8 },
        { at_s: 10.7, cpu_cores: 0.7, memory_bytes: 2e8 },
      ],
    },
  ],
};

function rows(csv: string): string[][] {
  expect(csv.endsWith('\r\n')).toBe(true);
  return csv
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));
}

test('a row an interval, with its phase, its latencies in µs and the mean of what was read of a tier', () => {
  const [head = [], quiet = [], busy = []] = rows(intervalsCsv([runByHand(CHANGE)]));
  const named = (row: readonly string[]): Record<string, string> =>
    Object.fromEntries(head.map((name, index) => [name, row[index] ?? '']));
  expect(named(busy)).toEqual({
    run: '20261121T100000Z-peak-step-3',
    plan: 'amazon-shop',
    step: '3',
    scenario: 'peak',
    start_s: '10',
    phase: 'peak',
    scheduled: '100',
    sent: '100',
    dropped: '0',
    ok: '98',
    http_error: '0',
    timeout: '2',
    reset: '0',
    in_flight: '7',
    p50_us: '900',
    p95_us: '2100',
    p99_us: '4000',
    max_us: '9000',
    'app.cpu_cores': '0.6',
    'app.memory_bytes': '150000000',
  });
  expect(named(quiet)).toMatchObject({ phase: 'warm-up', p50_us: '', max_us: '', 'app.cpu_cores': '' });
});

test('several runs share the columns of all their tiers', () => {
  const other = runByHand({ ...CHANGE, tiers: [{ tier: 'cache', series: [{ at_s: 9.5, cpu_cores: 0.1 }] }] });
  const [head = [], ...all] = rows(intervalsCsv([runByHand(CHANGE), other]));
  expect(head.slice(-3)).toEqual(['app.cpu_cores', 'app.memory_bytes', 'cache.cpu_cores']);
  expect(all.map((row) => row.length)).toEqual([head.length, head.length, head.length, head.length]);
});

test.each([
  ['=cmd()', "'=cmd()"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@sum(a1)', "'@sum(a1)"],
  ['\t=1', "'\t=1"],
  ['=a,"b"', `"'=a,""b"""`],
  ['two\nlines', '"two\nlines"'],
  ['plain', 'plain'],
])('the text %j is no formula and one field', (text, written) => {
  expect(csvField(text)).toBe(written);
});

test('numbers are never changed', () => {
  expect([csvField(-1), csvField(0.1 + 0.2), csvField(undefined)]).toEqual(['-1', '0.3', '']);
});
