import { classByHand } from '../../model/judge/observation-by-hand.ts';
import { RUN_FORMAT_VERSION } from '../run-schema.ts';
import type { RunJson } from '../run-json.ts';

/** A type whose optional fields have to be there as well, all the way down. */
type Filled<T> = T extends object ? { [Key in keyof T]-?: Filled<Exclude<T[Key], undefined>> } : T;

const OUTCOMES = { ok: 7, http_error: 1, timeout: 2, reset: 0 };
const ARRIVALS = { scheduled: 12, sent: 10, dropped: 2 };
const CLASS = classByHand({ class: 'search', latencies: [[20_000, 10]], timeout: 2, http_error: 1 });

const OBSERVATION: Filled<RunJson['observation']> = {
  formatVersion: 1,
  what: {
    plan: 'amazon-shop',
    step: 3,
    scenario: 'peak',
    scale: 0.5,
    seed: 42,
    executor: 'live',
    engine: 'open-loop',
    profile: 'machine',
    startedAt: '2026-01-01T00:00:00.000Z',
    environment: { node: '24.21.0' },
  },
  interval_s: 2,
  phases: [
    {
      name: 'peak',
      start_s: 0,
      end_s: 2,
      judged: true,
      target_rate_per_s: 5,
      target_journeys_per_s: 1,
      counters: { 'cache.hits': 3 },
    },
  ],
  intervals: [
    { start_s: 0, ...ARRIVALS, in_flight: 1, ...OUTCOMES, response_us: { p50: 1, p95: 2, p99: 3, max: 4, mean: 1.5 } },
  ],
  classes: [{ ...CLASS, statuses: { '200': 7 } }],
  journeys: [{ ...CLASS, class: 'journey.buy', statuses: { '200': 7 } }],
  tiers: [
    {
      tier: 'app',
      series: [
        {
          at_s: 1,
          cpu_cores: 0.5,
          utilisation: 0.6,
          memory_bytes: 1e8,
          instances: 2,
          queue_length: 3,
          throughput_per_s: 5,
        },
      ],
    },
  ],
  events: [{ at_s: 1, kind: 'fault', tier: 'database', detail: 'killed' }],
  faults: [
    {
      fault: 'kill',
      tier: 'database',
      targets: ['postgres-1'],
      injected_at_s: 1,
      effect: 'it is gone',
      observed_at_s: 1.1,
      healed_at_s: 1.9,
      unhealed: 'nothing',
    },
  ],
  outages: [{ of: 'writes', began_at_s: 1, ended_at_s: 2, parts: [{ name: 'detect', duration_s: 1 }] }],
  writes: {
    acknowledged: 9,
    failed: 1,
    indeterminate: 1,
    lost: 1,
    recovered: 1,
    unexpected: 0,
    duplicated: 0,
    unread: 0,
    examples: { lost: ['order-7'] },
  },
  counters: { 'orders.oversold': 0 },
  totals: { ...ARRIVALS, ...OUTCOMES, in_flight_at_end: 0 },
  generator: {
    send_lag_us: { p50: 300, p99: 1_200, max: 4_000 },
    cpu_cores: 0.4,
    event_loop_utilisation: 0.42,
    gc_pause_ms_max: 3,
    memory_bytes_max: 8e7,
    sockets_max: 120,
    in_flight_cap: 2_000,
  },
  complete: false,
  incompleteBecause: 'interrupted',
};

const VERDICT: Filled<Omit<RunJson['judgement']['verdicts'][number], 'criterion'>> = {
  status: 'INCONCLUSIVE',
  measurement: {
    value: 0.2,
    unit: 's',
    samples: 10,
    interval95: { low: 0.1, high: 0.3, open: true },
    censored: true,
    window: { phases: ['peak'], start_s: 0, end_s: 2 },
  },
  because: 'too few samples',
  help: 'drive longer',
  samplesNeeded: 72,
};

const METRICS: readonly RunJson['judgement']['verdicts'][number]['criterion']['metric'][] = [
  { kind: 'percentile', percent: 95, time: 'response', class: 'search' },
  { kind: 'mean', time: 'service', class: 'search' },
  { kind: 'error_rate', class: 'search' },
  { kind: 'ratio', part: 'cache.hits', rest: 'cache.misses' },
  { kind: 'per_request', counter: 'cache.hits' },
  { kind: 'counter', counter: 'orders.oversold' },
  { kind: 'memory', tier: 'app' },
];

const SETTING: Filled<NonNullable<RunJson['setting']>> = {
  name: 'app servers and a database',
  entry: 'app',
  tiers: [
    {
      id: 'app',
      kind: 'express',
      instances: 2,
      cores_each: 1,
      settings: { caching: 'false' },
    },
  ],
  edges: [{ from: 'app', to: 'database', visits_per_s: 10 }],
  cost: { total_usd_per_month: 100, items: [{ id: 'app', usd_per_month: 100 }], unpriced: ['database'] },
  predictions: [
    {
      scenario: 'peak',
      step: 3,
      phase: 'peak',
      quantity: 'p95',
      unit: 's',
      predicted: 0.1,
      measured: 0.2,
      error: -0.5,
      within: 0.25,
    },
  ],
};

/** For tests: a run with everything that a run can have. A field that is added to the model has to be added here, or it does not compile. */
export const FILLED_RUN: RunJson = {
  formatVersion: RUN_FORMAT_VERSION,
  kind: 'run',
  observation: OBSERVATION,
  judgement: {
    outcome: 'INCONCLUSIVE',
    verdicts: METRICS.map((metric) => ({
      criterion: { text: 'p95(search) < 300 ms', metric, operator: '<', threshold: 0.3, unit: 'ms', phase: 'peak' },
      ...VERDICT,
    })),
    validity: [{ name: 'complete', severity: 'invalid', ok: false, detail: 'it ended early', help: 'run it again' }],
  },
  setting: SETTING,
};
