import { expect, test } from 'vitest';
import { parseCriterion, isCriterionProblem } from '../../model/judge/criterion.ts';
import { SIMULATOR_CLAIMS } from '../../model/judge/claims.ts';
import { judge } from '../../model/judge/judge.ts';
import { classByHand, HEALTHY, observationByHand, ONE_TO_1000 } from '../../model/judge/observation-by-hand.ts';
import type { Experiment, Trial } from '../../model/lesson/lesson.ts';
import { shownOf, trialOutcome } from '../../model/lesson/trial-result.ts';
import type { SideResult, TrialResult } from '../../model/lesson/trial-result.ts';
import type { Observation } from '../../model/observation/observation.ts';
import { documentText } from '../document-text.ts';
import { PLAIN_80 } from '../style.ts';
import { experimentDocument } from './experiment-document.ts';
import type { ExperimentDocumentOptions } from './experiment-document.ts';

const GOALS = ['error_rate < 1 %', 'p95(latency) < 500 ms'].flatMap((text) => {
  const read = parseCriterion(text);
  return isCriterionProblem(read) ? [] : [read];
});
const TRIAL: Trial = {
  before: { title: 'every read is a query', scenario: 'walk-average', step: 1, set: [] },
  after: { title: 'a cache answers first', scenario: 'walk-average', step: 2, set: [] },
  goals: GOALS,
  shows: [
    { title: 'Failed', metric: 'error_rate' },
    { title: 'Slowest answer', metric: 'max(latency)' },
    { title: 'Queries a request', metric: 'per_request(database.queries)' },
  ],
};
const EXPERIMENT: Experiment = {
  title: 'One database, and a cache in front of it',
  asks: 'Look at what a request asks of the database.',
  servers: TRIAL,
  simulator: TRIAL,
};

const SLOW: Observation = observationByHand([classByHand({ latencies: [[9_000_000, 1_000]], http_error: 340 })]);
const QUICK: Observation = observationByHand([classByHand({ latencies: ONE_TO_1000 })]);
const LATE: Observation = {
  ...QUICK,
  generator: { ...HEALTHY, send_lag_us: { p50: 80_000, p99: 900_000, max: 2_000_000 } },
};

function tried(before: Observation, after: Observation): TrialResult {
  const sideOf = (name: 'before' | 'after', observation: Observation): SideResult => ({
    side: TRIAL[name],
    observation,
    judgement: judge(observation, GOALS, SIMULATOR_CLAIMS),
    shown: shownOf(TRIAL, observation),
  });
  const sides = { before: sideOf('before', before), after: sideOf('after', after) };
  const outcome = trialOutcome(sides.before.judgement.outcome, sides.after.judgement.outcome);
  return { experiment: EXPERIMENT, plan: 'amazon-shop', on: 'servers', ...sides, outcome };
}

function text(result: TrialResult, options?: ExperimentDocumentOptions): string {
  return `\n${documentText(experimentDocument(result, options), PLAIN_80)}`;
}

test('sets both sides beside each other, and says what that shows', () => {
  expect(text(tried(SLOW, QUICK))).toMatchInlineSnapshot(`
    "
    One database, and a cache in front of it
    On real servers on this machine (127.0.0.1), both sides at once, at all of the
    scenario's rates.

    before: every read is a query (step 1, scenario walk-average)
    after: a cache answers first (step 2, scenario walk-average)

    goal, or figure        before             after
    ────────────────────────────────────────────────────────────
    Failed < 1 %           ✗ fails it: 34 %   ✓ meets it: 0 %
    p95(latency) < 500 ms  ✗ fails it: ≥ 9 s  ✓ meets it: 950 µs
    Slowest answer         9 s                1 ms
    Queries a request      no data            no data

    Before fails 2 of 2 goals, and after meets all of them.

    Look at what a request asks of the database.
    "
  `);
});

test('says the same in sentences for who listens', () => {
  expect(text(tried(SLOW, QUICK), { plain: true })).toMatchInlineSnapshot(`
    "
    One database, and a cache in front of it
    On real servers on this machine (127.0.0.1), both sides at once, at all of the
    scenario's rates.

    before: every read is a query (step 1, scenario walk-average)
    after: a cache answers first (step 2, scenario walk-average)

    Goal: Failed < 1 %. Before: fails it with 34 %. After: meets it with 0 %.

    Goal: p95(latency) < 500 ms. Before: fails it with at least 9 s. After: meets it
    with 950 µs.

    Slowest answer. Before: 9 s. After: 1 ms.

    Queries a request. Before: no data. After: no data.

    Before fails 2 of 2 goals, and after meets all of them.

    Look at what a request asks of the database.
    "
  `);
});

test('says why it was simulated, and what would bring the servers', () => {
  const simulatedAs = { lacks: ['`nginx` is missing'], help: 'run `sh infra/install.sh`' };
  const result: TrialResult = { ...tried(SLOW, QUICK), on: 'simulator' };
  const shown = text(result, { simulatedAs }).replaceAll('\n', ' ');
  expect(shown).toContain('as `nginx` is missing: run `sh infra/install.sh`.');
  expect(text(result)).toContain('no server was\nstarted');
});

test('takes a run that was disturbed for no proof, and says what disturbed it', () => {
  const shown = text(tried(SLOW, LATE));
  expect(shown).toContain('This proves nothing');
  expect(shown).toContain('after cannot be judged:\n  99 % of requests left within 900 ms');
  expect(shown).not.toContain('meets all');
});

test('says which side is not as it should be', () => {
  expect(text(tried(QUICK, SLOW)).replaceAll('\n', ' ')).toContain(
    'before meets all its goals, and after fails “Failed < 1 %” and “p95(latency) < 500 ms”.',
  );
});

test('calls a goal what its lesson calls it', () => {
  const titled = TRIAL.goals.map((goal) => ({ ...goal, title: 'Answers that came to nothing' }));
  const experiment = { ...EXPERIMENT, servers: { ...TRIAL, goals: titled } };
  const result = { ...tried(SLOW, QUICK), experiment };
  expect(text(result)).toContain('Answers that came to nothing < 1 % ');
  expect(text(result, { plain: true })).toContain('Goal: Answers that came to nothing < 500 ms.');
});
