import { describe, expect, test } from 'vitest';
import { resultMarkdown } from './result-markdown.ts';
import { HOSTILE, hostileResult } from './testing/hostile-names.ts';
import { checkByHand, comparedByHand, ledgerByHand, runByHand } from './testing/result-by-hand.ts';

const GITHUB_MAX = 65_536;

test('the outcome, the cause and what did not pass come first, the rest is collapsed', () => {
  const [open = ''] = resultMarkdown(checkByHand()).split('<details><summary>Figures');
  expect(open).toMatchInlineSnapshot(`
    "## ✗ FAIL: check of amazon-shop, step 3

    1 passed, 1 inconclusive, 1 without data, 1 failed, 1 not run; score 14.3 %, wanted 100 %

    **the cause is probably \`database\`**

    - database: its processors were 97 % in use
    - database: peak waits for it

    | | criterion | where | measured | why |
    | --- | --- | --- | --- | --- |
    | ✗ FAIL | p95(checkout) < 1 s (weight 2) | amazon-shop, step 3, peak | p95 ≥ 2 s  [2, ≥ 2]  n = 900 | p95 is at least 2 s, not below 1 s |
    | ? INCONCLUSIVE | p99.9(checkout) < 5 s (weight 2) | amazon-shop, step 3, peak | p99.9 ≥ 2 s  n = 900 | p99.9 is at least 2 s, but requests that failed or never answered leave it open whether it is below 5 s<br>help: let timeouts be longer than the threshold, or judge the error rate |
    | ? NO DATA | cpu(app) < 1 core (weight 2) | amazon-shop, step 3, peak |  | the run has no tier \`app\`<br>help: its tiers: none |
    | ! NOT RUN | it runs | amazon-shop, step 3, spike |  | the stack has no tier \`queue\` |

    <details><summary>1 passed or skipped</summary>

    | | criterion | where | measured | why |
    | --- | --- | --- | --- | --- |
    | ✓ PASS | p95(latency) < 500 ms (must) | amazon-shop, step 3, peak | p95 = 212 ms  [212, 212]  n = 350,900 |  |

    </details>

    "
  `);
});

test('comparisons and claims are rows as well', () => {
  const result = { title: 'all', outcome: 'FAIL' as const, runs: [] };
  const text = resultMarkdown({ ...result, compared: [comparedByHand()], ledgers: [ledgerByHand()] });
  for (const row of ['| ✗ FAIL | p95(search) |', '| ? INCONCLUSIVE | p99(search) |', '| ✗ FAIL | summary.peak |'])
    expect(text).toContain(row);
});

describe('names with markup', () => {
  test.each(HOSTILE)('%j is text', (name) => {
    const text = resultMarkdown(hostileResult(name));
    // Within a fence, and between backticks, nothing is read.
    const read = text
      .replaceAll(/(`{3,})text\n[\s\S]*?\n\1/g, '')
      .replaceAll(/(?<![\\`])(`+)(?!`)(.+?)(?<!`)\1(?!`)/g, '');
    const ours = read.replaceAll(/<\/?details>|<\/?summary>|<br>/g, '');
    expect(ours).not.toMatch(/(?<!\\)<[A-Za-z/!?]/);
    expect(ours).not.toMatch(/@\w|#\d|GH-\d|:\/\/|www\./);
    expect(ours).not.toMatch(/(?<!\\)\]\(/);
    expect(ours).not.toMatch(/(?<!\\)&\w+;/);
    const rows = read.split('\n').filter((line) => line.startsWith('| '));
    for (const row of rows) expect(row.match(/(?<!\\)\|/g)).toHaveLength(6);
  });
});

describe('what is too much', () => {
  const long = 'x'.repeat(5000);

  test('long names are cut', () => {
    const result = { ...checkByHand(), title: long };
    expect(resultMarkdown(result).split('\n')[0]?.length).toBeLessThan(500);
  });

  test('rows and figures without room are counted, and GitHub takes the rest', () => {
    const failures = Array.from({ length: 2000 }, (_, index) => {
      return { plan: 'amazon-shop', step: 2, scenario: `scenario-${index}`, because: `🚀 ${long}` };
    });
    const text = resultMarkdown({ ...checkByHand(runByHand()), failures });
    expect(Buffer.byteLength(text)).toBeLessThan(GITHUB_MAX);
    expect(text).toMatch(/no room here for \d+ rows and the figures of 1 runs: the other reports have all\.\n$/);
  });
});
