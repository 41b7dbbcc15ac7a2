import { expect, it } from 'vitest';
import { compareMetrics } from '../model/comparison/compare-metrics.ts';
import type { ComparedRuns } from '../model/comparison/comparison.ts';
import { comparisonDocument } from './comparison-document.ts';
import { documentCsv } from './document-csv.ts';
import { documentMarkdown } from './document-markdown.ts';
import { documentText } from './document-text.ts';
import { historyDocument } from './history-document.ts';
import { plainStyle } from './style.ts';

const around = (middle: number, spread: number) =>
  [3, 5, 1, 7, 2, 6, 4, 8].map((n) => middle * (1 + (spread * (n - 4.5)) / 8));

const COMPARED: ComparedRuns = {
  plan: 'amazon-shop',
  step: 2,
  scenario: 'mode<b>rate|',
  before: { name: 'baseline main', runs: 8 },
  after: { name: 'today*', runs: 8 },
  comparisons: compareMetrics([
    { metric: 'p50(latency)', unit: 's', better: 'lower', before: around(0.01, 0.5), after: around(0.0101, 0.5) },
    { metric: 'p95(latency)', unit: 's', better: 'lower', before: around(0.2, 0.04), after: around(0.23, 0.04) },
    { metric: 'error_rate', unit: 'share', better: 'lower', before: around(0.02, 0), after: around(0.035, 0) },
    {
      metric: 'rate',
      unit: 'req/s',
      better: 'higher',
      besides: true,
      before: around(100, 0.01),
      after: around(112, 0.01),
    },
    { metric: 'cpu(cache)', unit: 'core', better: 'lower', besides: true, before: [], after: around(0.3, 0.01) },
  ]),
  unlike: ['node was v24.20.0, then v24.21.0'],
};

it('is a table within 80 columns, with what could not be told and why', () => {
  const text = documentText(comparisonDocument([COMPARED]), { width: 80, style: plainStyle });
  expect(text).toMatchInlineSnapshot(`
    "mode<b>rate| on amazon-shop, step 2
    today* (8 runs) against baseline main (8 runs): 2 changed for the worse, 1
    changed for the better, 1 too noisy, 1 without data

    metric           before      after  shift                     verdict
    ─────────────────────────────────────────────────────────────────────────────
    p50(latency)      10 ms    10.1 ms  +1 % [-15.4, +20.5]       ? 345 more runs
    p95(latency)     200 ms     230 ms  +15 % [+13.3, +16.7]      ✗ worse
    error_rate          2 %      3.5 %  +1.5 points [+1.5, +1.5]  ✗ worse
    rate          100 req/s  112 req/s  +12 % [+11.6, +12.4]      ✓ better
    cpu(cache)                0.3 core                            no data

    p50(latency)
      +1 % [-15.4 %, +20.5 %] in 8 and 8 runs: neither proven nor within 5 %; about
      345 more runs of each would tell

    not alike: node was v24.20.0, then v24.21.0
    "
  `);
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});

it('has no markup but its own in Markdown', () => {
  const text = documentMarkdown(comparisonDocument([COMPARED]));
  expect(text).not.toMatch(/[^\\]<b>/);
  expect(text).toContain('p95(latency)');
});

it('has each figure as CSV', () => {
  const [head = '', , second = ''] = documentCsv(comparisonDocument([COMPARED])).split('\n');
  expect(head.split(',')).toEqual(expect.arrayContaining(['metric', 'status', 'shift', 'shift_low', 'p_adjusted']));
  expect(second).toContain('p95(latency),s,changed,worse,0.2');
});

it('tells of a history since which run a metric has another level', () => {
  const startedAt = '2026-03-01T10:00:00.000Z';
  const document = historyDocument({
    plan: 'amazon-shop',
    step: 2,
    scenario: 'moderate',
    runs: [
      { run: 'run-1', startedAt },
      { run: 'run-9', startedAt: '2026-03-09T10:00:00.000Z' },
    ],
    metrics: 2,
    changes: [
      {
        metric: 'p95(latency)',
        unit: 's',
        direction: 'worse',
        run: 'run-5',
        startedAt,
        before: 0.2,
        after: 0.25,
        p: 0.0002,
      },
      {
        metric: 'ratio(cache.hits, cache.misses)',
        unit: 'share',
        run: 'run-5',
        startedAt,
        before: 0.8,
        after: 0.7,
        p: 0.0002,
      },
    ],
  });
  expect(documentText(document, { width: 80, style: plainStyle })).toMatchInlineSnapshot(`
    "History of moderate on amazon-shop, step 2
    2 changes of level in 2 runs from 2026-03-01 10:00 to 2026-03-09 10:00, 2
    metrics

    since run  metric                           before   since       shift
    ─────────────────────────────────────────────────────────────────────────────
    run-5      p95(latency)                     200 ms  250 ms       +25 %  worse
    run-5      ratio(cache.hits, cache.misses)    80 %    70 %  -10 points
    "
  `);
});
