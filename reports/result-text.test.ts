import { describe, expect, test } from 'vitest';
import { resultText } from './result-text.ts';
import { PLAIN_80, plainStyle } from './style.ts';
import { checkByHand, comparedByHand, ledgerByHand, runByHand } from './testing/result-by-hand.ts';
import { textWidth } from './text-width.ts';

const PLAIN_120 = { style: plainStyle, width: 120 };
const ALL = { ...checkByHand(), compared: [comparedByHand()], ledgers: [ledgerByHand()] };

describe('a check', () => {
  test('at 80 columns', () => {
    expect(resultText(checkByHand(), PLAIN_80)).toMatchInlineSnapshot(`
      "check of amazon-shop, step 3
      FAIL: 1 passed, 1 inconclusive, 1 without data, 1 failed, 1 not run; score 14.3
            %, wanted 100 %
      amazon-shop, step 3, peak
      ✓ p95(latency) < 500 ms (must)       p95 = 212 ms  [212, 212]  n = 350,900
      ✗ p95(checkout) < 1 s (weight 2)     p95 ≥ 2 s  [2, ≥ 2]  n = 900
          FAIL: p95 is at least 2 s, not below 1 s
      ? p99.9(checkout) < 5 s (weight 2)   p99.9 ≥ 2 s  n = 900
          INCONCLUSIVE: p99.9 is at least 2 s, but requests that failed or never
                        answered leave it open whether it is below 5 s
          = help: let timeouts be longer than the threshold, or judge the error rate
      ? cpu(app) < 1 core (weight 2)
          NO DATA: the run has no tier \`app\`
          = help: its tiers: none

      the cause is probably \`database\`
        - its processors were 97 % in use
        - peak waits for it

      not run: amazon-shop step 3, spike: the stack has no tier \`queue\`

      amazon-shop step 3, scenario peak: live, open-loop, full scale, seed 42
      kept as 20261121T100000Z-peak-step-3
      "
    `);
  });

  test('at 120 columns', () => {
    expect(resultText(checkByHand(), PLAIN_120)).toMatchInlineSnapshot(`
      "check of amazon-shop, step 3
      FAIL: 1 passed, 1 inconclusive, 1 without data, 1 failed, 1 not run; score 14.3 %, wanted 100 %
      amazon-shop, step 3, peak
      ✓ p95(latency) < 500 ms (must)       p95 = 212 ms  [212, 212]  n = 350,900
      ✗ p95(checkout) < 1 s (weight 2)     p95 ≥ 2 s  [2, ≥ 2]  n = 900
          FAIL: p95 is at least 2 s, not below 1 s
      ? p99.9(checkout) < 5 s (weight 2)   p99.9 ≥ 2 s  n = 900
          INCONCLUSIVE: p99.9 is at least 2 s, but requests that failed or never answered leave it open whether it is below 5
                        s
          = help: let timeouts be longer than the threshold, or judge the error rate
      ? cpu(app) < 1 core (weight 2)
          NO DATA: the run has no tier \`app\`
          = help: its tiers: none

      the cause is probably \`database\`
        - its processors were 97 % in use
        - peak waits for it

      not run: amazon-shop step 3, spike: the stack has no tier \`queue\`

      amazon-shop step 3, scenario peak: live, open-loop, full scale, seed 42
      kept as 20261121T100000Z-peak-step-3
      "
    `);
  });
});

test('a comparison', () => {
  const compared = { title: 'comparison', outcome: 'FAIL' as const, runs: [], compared: [comparedByHand()] };
  expect(resultText(compared, PLAIN_80)).toMatchInlineSnapshot(`
    "peak on amazon-shop, step 3
    20261121T100000Z-peak-step-3 (6 runs) against baseline main (6 runs): 1 changed
    for the worse, 1 unchanged, 1 too noisy

    metric       before   after  shift             verdict
    ────────────────────────────────────────────────────────────
    p95(search)  200 ms  230 ms  +15 % [+11, +19]  ✗ worse
    p50(search)  100 ms  100 ms                    ✓ unchanged
    p99(search)                                    ? 9 more runs

    p99(search)
      it spreads by 30 %

    not alike: another machine
    "
  `);
});

test('a run alone is told as `run` tells it', () => {
  const run = runByHand({ faults: [] });
  expect(resultText({ title: 'run', outcome: 'FAIL', runs: [run] }, PLAIN_80)).toMatchInlineSnapshot(`
    "amazon-shop step 3, scenario peak: live, open-loop, full scale, seed 42
    ✓ p95(latency) < 500 ms   p95 = 212 ms  [212, 212]  n = 350,900
    ✗ p95(checkout) < 1 s     p95 ≥ 2 s  [2, ≥ 2]  n = 900
        FAIL: p95 is at least 2 s, not below 1 s
    ? p99.9(checkout) < 5 s   p99.9 ≥ 2 s  n = 900
        INCONCLUSIVE: p99.9 is at least 2 s, but requests that failed or never
                      answered leave it open whether it is below 5 s
        = help: let timeouts be longer than the threshold, or judge the error rate
    ? cpu(app) < 1 core
        NO DATA: the run has no tier \`app\`
        = help: its tiers: none
    FAIL: 1 passed, 1 inconclusive, 1 without data, 1 failed

    kept as 20261121T100000Z-peak-step-3
    "
  `);
});

describe('everything that a result can hold', () => {
  test.each([80, 120])('stays within %d columns', (width) => {
    const text = resultText(ALL, { style: plainStyle, width, full: true, plots: true });
    expect(text.split('\n').filter((line) => textWidth(line) > width)).toEqual([]);
  });

  test('says the same without colour', () => {
    const mark = (text: string): string => `\u001B[1m${text}\u001B[22m`;
    const style = { strong: mark, dim: mark, good: mark, bad: mark, warn: mark, accent: mark };
    const styled = resultText(ALL, { style, width: 80, full: true });
    expect(styled).not.toBe(resultText(ALL, { ...PLAIN_80, full: true }));
    expect(styled.replaceAll('\u001B[1m', '').replaceAll('\u001B[22m', '')).toBe(
      resultText(ALL, { ...PLAIN_80, full: true }),
    );
  });
});
