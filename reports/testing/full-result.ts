import { classByHand, observationByHand } from '../../model/judge/observation-by-hand.ts';
import { SIMULATOR_CLAIMS } from '../../model/judge/claims.ts';
import { parseCriterion } from '../../model/judge/criterion.ts';
import { judge } from '../../model/judge/judge.ts';
import type { Measurement } from '../../model/judge/measurement.ts';
import type { Ledger, LedgerRow } from '../../model/claims/ledger.ts';
import type { Interval, Observation } from '../../model/observation/observation.ts';
import type { Result, ResultRun } from '../result.ts';

/** For tests: a result that has everything a result can have, with `name` in every place where a plan, a scenario or a system gives names. */
export function fullResult(name = 'search'): Result {
  const run = runOf(name);
  const { measurement } = run.judgement.verdicts[0] ?? {};
  return {
    title: `check of ${name}, step 3`,
    outcome: 'FAIL',
    runs: [run, { observation: run.observation, judgement: { outcome: 'NOT_JUDGED', verdicts: [], validity: [] } }],
    gate: {
      gate: name,
      outcome: 'FAIL',
      score: 0.5,
      passScore: 1,
      verdicts: [
        gateVerdict(name, 'PASS', measurement),
        { ...gateVerdict(name, 'FAIL', measurement), must: true, because: `\`${name}\` was too slow`, help: name },
      ],
    },
    suspects: [{ tier: name, weight: 0.62, because: [`\`${name}\` used 97 % of its cores`] }],
    compared: [comparedRuns(name)],
    ledgers: [ledgerOf(name)],
    failures: [{ plan: name, step: 4, scenario: name, because: `\`${name}\` did not start` }],
  };
}

type GateVerdict = NonNullable<Result['gate']>['verdicts'][number];

function gateVerdict(name: string, status: GateVerdict['status'], measurement: Measurement | undefined): GateVerdict {
  const text = 'p95(latency) < 500 ms';
  return {
    text,
    scenario: name,
    step: 3,
    status,
    weight: 1,
    must: false,
    from: name,
    because: name,
    ...(measurement && { measurement }),
  };
}

function runOf(name: string): ResultRun {
  const latencies = [
    [20_000, 900],
    [90_000, 95],
    [600_000, 5],
  ] as const;
  const classes = [classByHand({ class: name, latencies, http_error: 3 }), classByHand({ class: 'browse', latencies })];
  const observation = observationByHand(classes, observedBeside(name));
  const criteria = ['p95(latency) < 500 ms', 'p99(browse) < 50 ms'].map((text) => parseCriterion(text));
  const judgement = judge(
    observation,
    criteria.filter((each) => 'metric' in each),
    SIMULATOR_CLAIMS,
  );
  return { run: name, observation, judgement, setting: settingOf(name) };
}

function observedBeside(name: string): Partial<Observation> {
  const series = Array.from({ length: 70 }, (_, at_s) => ({ at_s, cpu_cores: 0.5, memory_bytes: 1e8, instances: 2 }));
  return {
    what: { ...observationByHand([]).what, plan: name, scenario: name, environment: { [name]: name } },
    intervals: Array.from({ length: 70 }, (_, start_s) => intervalOf(start_s)),
    tiers: [
      { tier: name, series },
      { tier: 'database', series },
    ],
    events: [{ at_s: 30, kind: name, tier: name, detail: name }],
    faults: [
      { fault: name, tier: name, targets: [name], injected_at_s: 30, observed_at_s: 31, effect: name, unhealed: name },
    ],
    outages: [{ of: name, began_at_s: 30, ended_at_s: 40, parts: [{ name, duration_s: 10 }] }],
    writes: {
      acknowledged: 5,
      failed: 0,
      indeterminate: 0,
      lost: 1,
      recovered: 0,
      unexpected: 0,
      duplicated: 0,
      unread: 0,
      examples: { lost: [name] },
    },
    counters: { [name]: 7 },
    complete: false,
    incompleteBecause: name,
  };
}

function intervalOf(start_s: number): Interval {
  const none = { http_error: 0, timeout: 0, reset: 0, dropped: 0, in_flight: 0 };
  const response_us = { p50: 20_000, p95: 90_000, p99: 90_000, max: 600_000 };
  return { start_s, scheduled: 33, sent: 33, ok: 33, ...none, response_us };
}

function settingOf(name: string): NonNullable<ResultRun['setting']> {
  const where = { scenario: name, step: 3, phase: name } as const;
  return {
    name,
    entry: name,
    tiers: [
      { id: name, kind: 'express', instances: 2, cores_each: 1 },
      { id: 'database', kind: 'postgres', instances: 1 },
    ],
    edges: [
      { from: name, to: 'database', visits_per_s: 12 },
      { from: 'database', to: name },
    ],
    cost: { total_usd_per_month: 5, items: [{ id: name, usd_per_month: 5 }], unpriced: [name] },
    predictions: [{ ...where, quantity: name, unit: 's', predicted: 0.2, measured: 0.21, error: -0.05, within: 0.15 }],
  };
}

function comparedRuns(name: string): NonNullable<Result['compared']>[number] {
  return {
    plan: name,
    step: 3,
    scenario: name,
    before: { name, runs: 5 },
    after: { name: 'this run', runs: 5 },
    comparisons: [
      {
        metric: `p95(${name})`,
        unit: 's',
        status: 'changed',
        direction: 'worse',
        before: 0.2,
        after: 0.24,
        shift: { value: 0.2, low: 0.15, high: 0.25 },
        p: 0.008,
        effect: 1,
        magnitude: 0.05,
        because: name,
      },
      {
        metric: 'rate',
        unit: 'req/s',
        status: 'too noisy',
        magnitude: 0.05,
        runsNeeded: 3,
        because: 'three more runs',
      },
    ],
    unlike: [name],
  };
}

/** Three claims of two documents: one that holds, two that do not. */
function ledgerOf(name: string): Ledger {
  const row = (claim: string, document: string, verdict: LedgerRow['verdict']): LedgerRow => ({
    claim,
    document,
    section: name,
    asks: `How much is ${claim}?`,
    claimed: '< 500 ms',
    unit: 's',
    claimedUnit: { symbol: 'ms', factor: 0.001 },
    computed: { value: 0.4, formula: name, finding: 'holds' },
    verdict,
    known: 'holds',
    asKnown: verdict === 'holds',
    note: name,
  });
  const rows = [
    row('latency.p95', 'summary', 'holds'),
    row('latency.p99', 'summary', 'contradicted'),
    row(name, name, 'contradicted'),
  ];
  return { formatVersion: 1, kind: 'ledger', plan: name, rows };
}
