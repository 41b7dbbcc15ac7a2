import { describe, expect, test } from 'vitest';
import { isCriterionProblem, parseCriterion } from '../model/judge/criterion.ts';
import type { Criterion } from '../model/judge/criterion.ts';
import { judge } from '../model/judge/judge.ts';
import type { Verdict } from '../model/judge/judge.ts';
import { classByHand, observationByHand } from '../model/judge/observation-by-hand.ts';
import { progressLines, progressNews } from './progress-text.ts';
import type { RunState } from './progress-text.ts';
import { plainStyle } from './style.ts';

const CLAIMS = { loop: 'open', paces: true, responseFromIntended: true, survivesResets: true } as const;

function criterion(text: string): Criterion {
  const read = parseCriterion(text);
  if (isCriterionProblem(read)) throw new Error(read.message);
  return read;
}

/** What a run with answers after 200 ms says of some criteria. */
function verdictsOf(count: number, ...texts: readonly string[]): readonly Verdict[] {
  const seen = observationByHand([classByHand({ latencies: [[200_000, count]] })]);
  return judge(seen, texts.map(criterion), CLAIMS).verdicts;
}

const STATE: RunState = {
  scenario: 'peak',
  at_s: 12,
  total_s: 60,
  phase: 'rush',
  rate_per_s: 1398,
  target_per_s: 1400,
  p95_us: 38_912,
  errors: 0,
  in_flight: 12,
  faults: [],
  verdicts: [],
};

describe('in place', () => {
  test('one line while nothing can be judged', () => {
    expect(progressLines(STATE, plainStyle)).toEqual([
      'peak  rush, 48 s left, 1,398 of 1,400 req/s, p95 38.9 ms, 0 errors',
    ]);
  });

  test('faults in force, how many criteria pass so far, and those that fail', () => {
    const verdicts = verdictsOf(
      5000,
      'p95(latency) < 300 ms',
      'p95(latency) < 100 ms',
      'error_rate < 1 %',
      'p95(cart) < 1 s',
    );
    const faults = ['crash primary: postgres-1'];
    expect(progressLines({ ...STATE, errors: 1, faults, verdicts }, plainStyle)).toEqual([
      'peak  rush, 48 s left, 1,398 of 1,400 req/s, p95 38.9 ms, 1 error',
      'in force: crash primary: postgres-1',
      'so far: 2 pass, 1 fail, 1 open',
      expect.stringMatching(/^ {2}✗ FAIL p95\(latency\) < 100 ms: 200 ms$/),
    ]);
  });

  test('a closed loop has no rate to hold, and without an answer there is no p95', () => {
    const [line] = progressLines({ ...STATE, target_per_s: 0, p95_us: 0 }, plainStyle);
    expect(line).toBe('peak  rush, 48 s left, 1,398 req/s, no answer yet, 0 errors');
  });
});

describe('line by line', () => {
  const news = (before: RunState | undefined, now: Partial<RunState>): string[] =>
    progressNews(before, { ...STATE, ...now }, plainStyle);

  test('phases that begin and end', () => {
    expect(news(undefined, { at_s: 1 })).toEqual(['0:01 peak: `rush` begins']);
    expect(news(STATE, { at_s: 13, phase: 'after' })).toEqual([
      '0:13 peak: `rush` is over',
      '0:13 peak: `after` begins',
    ]);
  });

  test('the last phase is over once', () => {
    expect(news({ ...STATE, at_s: 58.5 }, { at_s: 59.5, total_s: 59.5 })).toEqual(['0:59 peak: `rush` is over']);
    expect(news({ ...STATE, at_s: 59.5, total_s: 59.5 }, { at_s: 59.5, total_s: 59.5 })).toEqual([]);
  });

  test('every ten seconds the figures, and nothing in between', () => {
    expect(news(STATE, { at_s: 19 })).toEqual([]);
    expect(news({ ...STATE, at_s: 69.9 }, { at_s: 70.1, total_s: 100 })).toEqual([
      '1:10 peak: rush, 30 s left, 1,398 of 1,400 req/s, p95 38.9 ms, 0 errors',
    ]);
  });

  test('faults that come and go', () => {
    const during = { ...STATE, faults: ['crash: cache-1'] };
    expect(news(STATE, { faults: ['crash: cache-1'] })).toEqual(['0:12 peak: fault in force: crash: cache-1']);
    expect(news(during, {})).toEqual(['0:12 peak: fault is over: crash: cache-1']);
  });

  test('verdicts when they change, and not while they are open', () => {
    const criteria = ['p95(latency) < 300 ms', 'p95(cart) < 1 s'] as const;
    const few = verdictsOf(3, ...criteria);
    const many = verdictsOf(5000, ...criteria);
    expect(news(STATE, { verdicts: few })).toEqual([]);
    expect(news({ ...STATE, verdicts: few }, { verdicts: many })).toEqual([
      '0:12 peak: so far ✓ PASS p95(latency) < 300 ms: 200 ms',
    ]);
    expect(news({ ...STATE, verdicts: many }, { verdicts: many })).toEqual([]);
  });

  test('what spoils a run is told once for all criteria', () => {
    const seen = observationByHand([classByHand({ latencies: [[200_000, 5000]], dropped: 500 })]);
    const criteria = ['p95(latency) < 300 ms', 'p95(latency) < 1 s'].map(criterion);
    const [line, ...more] = news(STATE, { verdicts: judge(seen, criteria, CLAIMS).verdicts });
    expect(line).toMatch(/so far ! INVALID p95\(latency\) < 300 ms: .* sent of .* \(and 1 more\)$/);
    expect(more).toEqual([]);
  });
});
