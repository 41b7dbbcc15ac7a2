import { describe, test } from 'vitest';
import { classByHand, HEALTHY, observationByHand, ONE_TO_1000 } from '../model/judge/observation-by-hand.ts';
import type { Observation, ObservedWrites } from '../model/observation/observation.ts';
import { judge } from './judge.ts';
import type { Run } from './run.ts';
import { expect } from './vitest.ts';

const WRITES: ObservedWrites = {
  acknowledged: 90,
  failed: 2,
  indeterminate: 1,
  lost: 0,
  recovered: 0,
  unexpected: 0,
  duplicated: 0,
  unread: 0,
  examples: {},
};

/** p95 is 950 µs of 1,000 samples, all ok; the scenario expects nothing. */
function runByHand(change: Partial<Observation> = {}): Run {
  const observation = observationByHand([classByHand({ latencies: ONE_TO_1000 })], change);
  const run: Run = {
    observation,
    replications: [observation],
    judgement: { outcome: 'NOT_JUDGED', verdicts: [], validity: [] },
  };
  return { ...run, judgement: judge(run, []) };
}

const STARVED = { generator: { ...HEALTHY, event_loop_utilisation: 0.99 } };

/** What an assertion that fails says. */
function complaint(assertion: () => void): string {
  try {
    assertion();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'it passed';
}

describe('toMeet', () => {
  test('passes what is proven, and its opposite with `not`', () => {
    expect(runByHand()).toMeet('p95(latency) < 2 ms');
    expect(runByHand()).not.toMeet('p95(latency) < 0.5 ms');
  });

  test('says what was measured, with its interval, and shows the figures', () => {
    const said = complaint(() => expect({ ...runByHand(), kept: 'runs/a' }).toMeet('p95(latency) < 500 us'));
    expect(said).toContain('the run does not meet `p95(latency) < 500 us`');
    expect(said).toMatch(/p95 = 950 µs {2}\[\d+, \d+\] {2}n = 1,000/);
    expect(said).toContain('class ');
    expect(said).toContain('kept in runs/a');
    expect(complaint(() => expect(runByHand()).not.toMeet('p95(latency) < 2 ms'))).toContain(
      'expected the run to fail, but it meets `p95(latency) < 2 ms`',
    );
  });

  test.for([
    ['an invalid run', STARVED, 'p95(latency) < 2 ms', 'INVALID'],
    ['a class that was not driven', {}, 'p95(checkout) < 2 ms', 'NO DATA'],
    ['a value too near the threshold', {}, 'p95(latency) < 952 us', 'INCONCLUSIVE'],
  ] as const)('takes %s for no answer, with `not` and without', ([, change, criterion, word]) => {
    expect(complaint(() => expect(runByHand(change)).toMeet(criterion))).toContain(word);
    expect(complaint(() => expect(runByHand(change)).not.toMeet(criterion))).toContain(word);
  });

  test('points at what is wrong with a criterion, at all that are', () => {
    const said = complaint(() => expect(runByHand()).toMeetAll(['p95(latency) = 2 ms', 'p95(latency) < 2 km']));
    expect(said).toContain('^ write <= or >=');
    expect(said).toContain('2 errors in criteria');
  });

  test('wants a run', () => {
    expect(complaint(() => expect(Promise.resolve(runByHand())).toMeet('p95(latency) < 2 ms'))).toContain(
      'wants a run',
    );
  });
});

describe('toMeetAll', () => {
  test('passes when all pass; with `not` when one fails', () => {
    expect(runByHand()).toMeetAll(['p95(latency) < 2 ms', 'error_rate < 1 %']);
    expect(runByHand()).not.toMeetAll(['p95(latency) < 2 ms', 'p95(latency) < 0.5 ms']);
  });

  test('holds a run against its own expectations, and refuses to be without any', () => {
    const run = runByHand();
    const expected = { ...run, judgement: judge(run, ['p95(latency) < 0.5 ms']) };
    expect(complaint(() => expect(expected).toMeetAll())).toContain('does not meet `p95(latency) < 0.5 ms`');
    expect(complaint(() => expect(run).toMeetAll())).toContain('nothing to hold the run against');
    expect(complaint(() => expect(run).toMeetAll([]))).toContain('nothing to hold the run against');
  });
});

describe('toBeValid', () => {
  test('tells a run that can be judged from one that cannot, and why', () => {
    expect(runByHand()).toBeValid();
    expect(runByHand(STARVED)).not.toBeValid();
    expect(complaint(() => expect(runByHand(STARVED)).toBeValid())).toContain('invalid[generator]');
  });
});

describe('toHaveLostNothing', () => {
  test('counts what was lost', () => {
    expect(runByHand({ writes: WRITES })).toHaveLostNothing();
    expect(runByHand({ writes: { ...WRITES, lost: 1 } })).not.toHaveLostNothing();
    const lost = { ...WRITES, lost: 2, examples: { lost: ['a', 'b'] } };
    expect(complaint(() => expect(runByHand({ writes: lost })).toHaveLostNothing())).toMatch(
      /2 acknowledged writes were lost[\s\S]*lost: a, b/,
    );
  });

  test.for([
    ['nobody has looked', {}, 'checks: [writes]'],
    ['some could not be read back', { writes: { ...WRITES, unread: 3 } }, 'losses are unknown'],
    ['the run ended early', { writes: WRITES, complete: false }, 'losses are unknown'],
  ] as const)('is no answer where %s, with `not` and without', ([, change, said]) => {
    expect(complaint(() => expect(runByHand(change)).toHaveLostNothing())).toContain(said);
    expect(complaint(() => expect(runByHand(change)).not.toHaveLostNothing())).toContain(said);
  });
});
