import type { Ledger, LedgerRow } from '../../model/claims/ledger.ts';
import type { ComparedRuns } from '../../model/comparison/comparison.ts';
import type { GateJudgement, GateVerdict } from '../../model/gate/gate.ts';
import { SIMULATOR_CLAIMS } from '../../model/judge/claims.ts';
import { isCriterionProblem, parseCriterion } from '../../model/judge/criterion.ts';
import type { Criterion } from '../../model/judge/criterion.ts';
import { judge } from '../../model/judge/judge.ts';
import { classByHand, observationByHand } from '../../model/judge/observation-by-hand.ts';
import { worstOf } from '../../model/judge/outcome.ts';
import type { Observation } from '../../model/observation/observation.ts';
import type { Result, ResultRun } from '../result.ts';

/** For tests: a run whose search is quick and whose checkout times out now and then. */
export const OBSERVATION: Observation = observationByHand([
  classByHand({ phase: 'warm-up', latencies: [[40_000, 4000]] }),
  classByHand({
    latencies: [
      [120_000, 300_000],
      [212_000, 50_000],
    ],
    http_error: 1450,
  }),
  classByHand({
    class: 'checkout',
    latencies: [
      [150_000, 800],
      [2_000_000, 100],
    ],
    timeout: 100,
  }),
]);

/** For tests: one of each verdict but INVALID, which only a whole run can be. */
export const CRITERIA = ['p95(latency) < 500 ms', 'p95(checkout) < 1 s', 'p99.9(checkout) < 5 s', 'cpu(app) < 1 core'];

function criterion(text: string): Criterion {
  const parsed = parseCriterion(text);
  if (isCriterionProblem(parsed)) throw new Error(parsed.message);
  return parsed;
}

/** For tests: a run, judged by some criteria. */
export function runByHand(
  change: Partial<Observation> = {},
  criteria: readonly string[] = CRITERIA,
  run = '20261121T100000Z-peak-step-3',
): ResultRun {
  const observation = { ...OBSERVATION, ...change };
  return { run, observation, judgement: judge(observation, criteria.map(criterion), SIMULATOR_CLAIMS) };
}

/** For tests: what a gate makes of a run's verdicts; the first criterion is a must, the others weigh two. */
export function gateByHand({ observation, judgement }: ResultRun): GateJudgement {
  const verdicts = judgement.verdicts.map(({ criterion, samplesNeeded: _more, ...verdict }, index): GateVerdict => {
    const { scenario, step } = observation.what;
    const weights = index === 0 ? { weight: 1, must: true } : { weight: 2, must: false };
    return { ...verdict, text: criterion.text, scenario, step, ...weights, from: 'slo of the plan' };
  });
  const outcome = worstOf(verdicts.map(({ status }) => status));
  return { gate: observation.what.plan, outcome, score: 1 / 7, passScore: 1, verdicts };
}

/** For tests: a check that failed, with a suspect and a scenario that could not be run. */
export function checkByHand(run: ResultRun = runByHand()): Result {
  const { plan, step, scenario } = run.observation.what;
  const gate = gateByHand(run);
  return {
    title: `check of ${plan}, step ${step}`,
    outcome: gate.outcome,
    runs: [run],
    gate,
    suspects: [
      { tier: 'database', weight: 0.8, because: ['its processors were 97 % in use', `${scenario} waits for it`] },
    ],
    failures: [{ plan, step, scenario: 'spike', because: 'the stack has no tier `queue`' }],
  };
}

/** For tests: a comparison with one metric of each kind. */
export function comparedByHand(): ComparedRuns {
  const metric = { unit: 's', magnitude: 0.05 };
  return {
    plan: 'amazon-shop',
    step: 3,
    scenario: 'peak',
    before: { name: 'baseline main', runs: 6 },
    after: { name: '20261121T100000Z-peak-step-3', runs: 6 },
    comparisons: [
      {
        ...metric,
        metric: 'p95(search)',
        status: 'changed',
        direction: 'worse',
        before: 0.2,
        after: 0.23,
        shift: { value: 0.15, low: 0.11, high: 0.19 },
        because: 'p95(search) went from 200 ms to 230 ms',
      },
      { ...metric, metric: 'p50(search)', status: 'unchanged', before: 0.1, after: 0.1, because: 'within 5 %' },
      { ...metric, metric: 'p99(search)', status: 'too noisy', runsNeeded: 9, because: 'it spreads by 30 %' },
    ],
    unlike: ['another machine'],
  };
}

const ROW: LedgerRow = {
  claim: 'summary.latency',
  document: 'summary',
  section: 'Latency',
  asks: 'is p95 below 500 ms?',
  claimed: '< 500 ms',
  unit: 's',
  claimedUnit: { symbol: 'ms', factor: 0.001 },
  measured: { verdict: 'holds', value: 0.212, metric: 'p95(latency)', scenario: 'peak', step: 3 },
  verdict: 'holds',
  known: 'holds',
  asKnown: true,
};

/** For tests: a claim that holds, one that is news, one without an answer, and one that nothing here can settle. */
export function ledgerByHand(): Ledger {
  const rows: LedgerRow[] = [
    ROW,
    { ...ROW, claim: 'summary.peak', verdict: 'contradicted', asKnown: false },
    { ...ROW, claim: 'summary.losses', verdict: 'no data' },
    { ...ROW, claim: 'summary.growth', verdict: 'not derivable' },
  ];
  return { formatVersion: 1, kind: 'ledger', plan: 'amazon-shop', rows };
}
