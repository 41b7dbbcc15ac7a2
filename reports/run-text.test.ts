import { describe, expect, test } from 'vitest';
import { SIMULATOR_CLAIMS } from '../model/judge/claims.ts';
import { isCriterionProblem, parseCriterion } from '../model/judge/criterion.ts';
import { judge } from '../model/judge/judge.ts';
import type { Judgement } from '../model/judge/judge.ts';
import { HEALTHY, classByHand, observationByHand } from '../model/judge/observation-by-hand.ts';
import type { Observation } from '../model/observation/observation.ts';
import { runText } from './run-text.ts';
import { PLAIN_80, plainStyle } from './style.ts';
import { OBSERVATION } from './testing/result-by-hand.ts';
import { textWidth } from './text-width.ts';
import { judgementText } from './judgement-text.ts';

const MIXED: Observation = {
  ...OBSERVATION,
  events: [{ at_s: 30.2, kind: 'fault', tier: 'db', detail: 'the primary was killed' }],
};

function judged(observation: Observation, criteria: readonly string[]): Judgement {
  const parsed = criteria.map((text) => {
    const criterion = parseCriterion(text);
    if (isCriterionProblem(criterion)) throw new Error(criterion.message);
    return criterion;
  });
  return judge(observation, parsed, SIMULATOR_CLAIMS);
}

const CRITERIA = [
  'p95(latency) < 500 ms',
  'error_rate < 0.1 %',
  'p95(checkout) < 1 s',
  'p99.9(checkout) < 5 s in peak',
  'ratio(cache.hits, cache.misses) >= 80 %',
  'rate >= 5,000 req/s',
];

function mark(text: string): string {
  return `\u001B[1m${text}\u001B[22m`;
}

describe('a run with verdicts of all kinds', () => {
  const judgement = judged(MIXED, CRITERIA);

  test('80 columns', () => {
    expect(runText(MIXED, judgement, { ...PLAIN_80, full: true })).toMatchInlineSnapshot(`
      "amazon-shop step 3, scenario peak: live, open-loop, full scale, seed 42
      ✓ p95(latency) < 500 ms   p95 = 212 ms  [212, 212]  n = 350,900
      ✗ error_rate < 0.1 %      error_rate = 0.442 %  [0.42, 0.464]  n = 350,900
          FAIL: error_rate is 0.442 %, not below 0.1 %
      ✗ p95(checkout) < 1 s     p95 ≥ 2 s  [2, ≥ 2]  n = 900
          FAIL: p95 is at least 2 s, not below 1 s
      ? p99.9(checkout) < 5 s in peak
          p99.9 ≥ 2 s  n = 900
          INCONCLUSIVE: p99.9 is at least 2 s, but requests that failed or never
                        answered leave it open whether it is below 5 s
          = help: let timeouts be longer than the threshold, or judge the error rate
      ? ratio(cache.hits, cache.misses) >= 80 %
          NO DATA: phase \`peak\` has no counter \`cache.hits\`
      ✓ rate >= 5,000 req/s     rate = 5,823 req/s  [5,803, 5,842]  n = 350,900
      FAIL: 2 passed, 1 inconclusive, 1 without data, 2 failed

      class        sent       ok  errors     p50     p95     p99     max
      ──────────────────────────────────────────────────────────────────
      search    350,000  348,550   1,450  120 ms  212 ms  212 ms  212 ms
      checkout      900      800     100  150 ms   ≥ 2 s   ≥ 2 s   ≥ 2 s
      all       350,900  349,350   1,550  120 ms  212 ms  212 ms   ≥ 2 s

      phase      seconds  target req/s  sent req/s  ok req/s  errors  dropped     p95
      ───────────────────────────────────────────────────────────────────────────────
      (warm-up)     0-10             -         400       400       0        0   40 ms
      peak         10-70         5,848       5,848     5,823   1,550        0  212 ms

      at 30.2 s: fault of \`db\`: the primary was killed

      ✓ complete: the run went to its end
      ✓ conservation: all 354,900 scheduled requests add up
      ✓ samples: 350,900 requests were sent in the judged phases
      ✓ rate: the rate was held within 1 % in every judged phase
      ✓ drops: 0 of 350,900 arrivals were dropped (0 %)
      ✓ send lag: 99 % of requests left within 1.2 ms of their time
      ✓ generator: the generator's event loop was busy 42 % of the time
      ✓ steady state: requests in flight did not keep growing
      ✓ scale: the scenario was driven at full scale
      "
    `);
  });

  test('120 columns, compact', () => {
    expect(runText(MIXED, judgement, { style: plainStyle, width: 120, full: false })).toMatchInlineSnapshot(`
      "amazon-shop step 3, scenario peak: live, open-loop, full scale, seed 42
      ✓ p95(latency) < 500 ms                     p95 = 212 ms  [212, 212]  n = 350,900
      ✗ error_rate < 0.1 %                        error_rate = 0.442 %  [0.42, 0.464]  n = 350,900
          FAIL: error_rate is 0.442 %, not below 0.1 %
      ✗ p95(checkout) < 1 s                       p95 ≥ 2 s  [2, ≥ 2]  n = 900
          FAIL: p95 is at least 2 s, not below 1 s
      ? p99.9(checkout) < 5 s in peak             p99.9 ≥ 2 s  n = 900
          INCONCLUSIVE: p99.9 is at least 2 s, but requests that failed or never answered leave it open whether it is below 5
                        s
          = help: let timeouts be longer than the threshold, or judge the error rate
      ? ratio(cache.hits, cache.misses) >= 80 %
          NO DATA: phase \`peak\` has no counter \`cache.hits\`
      ✓ rate >= 5,000 req/s                       rate = 5,823 req/s  [5,803, 5,842]  n = 350,900
      FAIL: 2 passed, 1 inconclusive, 1 without data, 2 failed
      "
    `);
  });

  test('no line is longer than the terminal', () => {
    const text = runText(MIXED, judgement, { ...PLAIN_80, full: true });
    expect(text.split('\n').filter((line) => textWidth(line) > 80)).toEqual([]);
  });

  test('emphasis adds nothing that the plain text does not say', () => {
    const style = { strong: mark, dim: mark, good: mark, bad: mark, warn: mark, accent: mark };
    const styled = runText(MIXED, judgement, { style, width: 80, full: true });
    expect(styled).toContain('\u001B[1m');
    expect(styled.replaceAll('\u001B[1m', '').replaceAll('\u001B[22m', '')).toBe(
      runText(MIXED, judgement, { ...PLAIN_80, full: true }),
    );
  });
});

test('when all is well, a line a criterion and one more', () => {
  const good = observationByHand([classByHand({ latencies: [[200_000, 420_000]] })]);
  const judgement = judged(good, ['p95(latency) < 500 ms', 'error_rate < 0.1 %']);
  expect(judgementText(judgement, PLAIN_80)).toMatchInlineSnapshot(`
    "✓ p95(latency) < 500 ms   p95 = 200 ms  [200, 200]  n = 420,000
    ✓ error_rate < 0.1 %      error_rate = 0 %  [0, 0.000915]  n = 420,000
    PASS: 2 passed
    "
  `);
});

test('why a run is invalid is said once', () => {
  const saturated = observationByHand([classByHand({ latencies: [[200_000, 420_000]] })], {
    generator: { ...HEALTHY, event_loop_utilisation: 0.97 },
    what: { ...MIXED.what, scale: 0.5 },
  });
  const judgement = judged(saturated, ['p95(latency) < 500 ms', 'error_rate < 0.1 %']);
  expect(judgementText(judgement, PLAIN_80)).toMatchInlineSnapshot(`
    "! p95(latency) < 500 ms   p95 = 200 ms  [200, 200]  n = 420,000
    ! error_rate < 0.1 %      error_rate = 0 %  [0, 0.000915]  n = 420,000
    INVALID: 2 invalid
    invalid[generator]: the generator's event loop was busy 97 % of the time, so it
                        was saturated
      = help: lower the rate or give it more processor
    warning[scale]: the scenario was driven at 50 % of its rates, so the figures do
                    not show how it fares at all of them
      = help: run it at scale 1
    "
  `);
});

test('a run without criteria says so', () => {
  expect(judgementText(judged(MIXED, []), PLAIN_80)).toBe('NOT JUDGED: there was no criterion\n');
});
