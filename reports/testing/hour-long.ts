import { createHistogram, encode, recordMany } from '../../model/observation/histogram.ts';
import { OBSERVATION_FORMAT_VERSION } from '../../model/observation/observation.ts';
import type { ClassObservation, Interval, Observation, TierObservation } from '../../model/observation/observation.ts';
import { SIMULATOR_CLAIMS } from '../../model/judge/claims.ts';
import { parseCriterion } from '../../model/judge/criterion.ts';
import { judge } from '../../model/judge/judge.ts';
import type { RunSetting } from '../../model/setting/run-setting.ts';
import type { ResultRun } from '../result.ts';

const HOUR_S = 3600;
const RATE_PER_S = 900;
const CLASSES = 12;
const TIERS = ['load-balancer', 'app', 'cache', 'database', 'replicas', 'broker', 'workers', 'mail'];
const PHASES = [
  { name: 'warm-up', start_s: 0, end_s: 300 },
  { name: 'steady', start_s: 300, end_s: 1800 },
  { name: 'failover', start_s: 1800, end_s: 2400 },
  { name: 'after', start_s: 2400, end_s: HOUR_S },
] as const;
const FAULT = { at_s: 1850, healed_s: 1905 };

/** For tests and benchmarks: an hour of load on eight tiers with twelve request classes and a crash in its middle, all made up. */
export function hourLong(): ResultRun {
  const intervals = Array.from({ length: HOUR_S }, (_, second) => intervalOf(second));
  const classes = PHASES.flatMap((phase) =>
    Array.from({ length: CLASSES }, (_, index) => classOf(index, phase, intervals)),
  );
  const observation: Observation = {
    formatVersion: OBSERVATION_FORMAT_VERSION,
    what: {
      plan: 'made-up',
      step: 4,
      scenario: 'hour',
      scale: 1,
      seed: 42,
      executor: 'live',
      engine: 'open-loop',
      profile: 'machine',
      startedAt: '2026-01-02T03:04:05.678Z',
      environment: { cpu: 'made up', cores: '8', memory: '32 GB', node: 'v24.0.0' },
    },
    phases: PHASES.map((phase) => ({
      ...phase,
      judged: phase.name !== 'warm-up',
      target_rate_per_s: RATE_PER_S,
      counters: { 'cache.hits': 400_000, 'cache.misses': 90_000, 'database.queries': 300_000 },
    })),
    intervals,
    classes,
    tiers: TIERS.map(tierOf),
    events: [
      { at_s: FAULT.at_s, kind: 'fault', tier: 'database', detail: 'database-1 is gone' },
      { at_s: FAULT.at_s + 9.7, kind: 'promotion', tier: 'database', detail: 'database-2 takes writes' },
    ],
    faults: [
      {
        fault: 'crash',
        tier: 'database',
        targets: ['database-1'],
        injected_at_s: FAULT.at_s,
        observed_at_s: FAULT.at_s + 0.4,
        healed_at_s: FAULT.healed_s,
        effect: '`database-1` is gone',
      },
    ],
    outages: [
      {
        of: 'writes',
        began_at_s: FAULT.at_s,
        ended_at_s: FAULT.at_s + 9.7,
        parts: [
          { name: 'detect', duration_s: 7.1 },
          { name: 'promote', duration_s: 2.6 },
        ],
      },
    ],
    totals: totalsOf(classes),
    generator: {
      send_lag_us: { p50: 300, p99: 1_200, max: 4_000 },
      cpu_cores: 0.4,
      event_loop_utilisation: 0.42,
      gc_pause_ms_max: 3,
      memory_bytes_max: 80_000_000,
      sockets_max: 120,
      in_flight_cap: 2_000,
    },
    complete: true,
  };
  return { run: '20260102T030405Z-hour-step-4', observation, judgement: judgementOf(observation), setting };
}

function judgementOf(observation: Observation): ResultRun['judgement'] {
  const texts = ['p95(latency) < 500 ms', 'error_rate < 0.1 %', 'reached >= 99 %', 'p99(class-11) < 100 ms'];
  const criteria = texts.map((text) => parseCriterion(text)).filter((each) => 'metric' in each);
  return judge(observation, criteria, SIMULATOR_CLAIMS);
}

/** Waves instead of noise, so that the same page comes out every time. */
function wave(at: number, period: number): number {
  return Math.sin((at / period) * 2 * Math.PI);
}

function isFaulty(second: number): boolean {
  return second >= FAULT.at_s && second < FAULT.healed_s;
}

function intervalOf(start_s: number): Interval {
  const scheduled = RATE_PER_S + Math.round(30 * wave(start_s, 7) + 60 * wave(start_s, 611));
  const timeout = isFaulty(start_s) ? Math.round(scheduled / 20) : 0;
  const p50 = Math.round((isFaulty(start_s) ? 90_000 : 12_000) * (1.2 + 0.2 * wave(start_s, 13)));
  const times = { p50, p95: p50 * 4, p99: p50 * 8, max: p50 * 20 };
  const none = { http_error: 0, reset: 0, dropped: 0 };
  return {
    start_s,
    scheduled,
    sent: scheduled,
    ok: scheduled - timeout,
    timeout,
    ...none,
    in_flight: 12,
    response_us: times,
  };
}

function classOf(index: number, phase: (typeof PHASES)[number], intervals: readonly Interval[]): ClassObservation {
  const within = intervals.slice(phase.start_s, phase.end_s);
  const share = (count: keyof Interval & ('scheduled' | 'timeout')): number =>
    within.reduce((sum, interval) => sum + splitOf(interval[count], index), 0);
  const [scheduled, timeout] = [share('scheduled'), share('timeout')];
  const histogram = createHistogram();
  const buckets = 400;
  const answered = scheduled - timeout;
  for (let bucket = 0; bucket < buckets; bucket++) {
    // Exponential, with its own mean for each class.
    const value_us = -Math.log(1 - (bucket + 0.5) / buckets) * 8_000 * (1 + index);
    recordMany(histogram, value_us, Math.floor(answered / buckets) + (bucket < answered % buckets ? 1 : 0));
  }
  recordMany(histogram, 10_000_000, timeout);
  const encoded = encode(histogram);
  return {
    class: `class-${index}`,
    phase: phase.name,
    scheduled,
    sent: scheduled,
    dropped: 0,
    ok: answered,
    http_error: 0,
    timeout,
    reset: 0,
    statuses: { '200': answered },
    response_us: encoded,
    service_us: encoded,
    censored: timeout,
  };
}

/** Whole requests, so that classes add up to their interval. */
function splitOf(count: number, index: number): number {
  return Math.floor(count / CLASSES) + (index < count % CLASSES ? 1 : 0);
}

function tierOf(tier: string, index: number): TierObservation {
  const series = Array.from({ length: HOUR_S }, (_, at_s) => ({
    at_s,
    cpu_cores:
      isFaulty(at_s) && tier === 'database' ? 0.02 : (0.2 + 0.1 * index) * (1.3 + 0.3 * wave(at_s, 97 + index)),
    memory_bytes: 200_000_000 + at_s * 1000,
    instances: index === 1 ? 4 : 1,
  }));
  return { tier, series };
}

function totalsOf(classes: readonly ClassObservation[]): Observation['totals'] {
  const sum = (key: 'scheduled' | 'sent' | 'ok' | 'timeout'): number =>
    classes.reduce((total, each) => total + each[key], 0);
  const none = { dropped: 0, http_error: 0, reset: 0, in_flight_at_end: 0 };
  return { scheduled: sum('scheduled'), sent: sum('sent'), ok: sum('ok'), timeout: sum('timeout'), ...none };
}

const setting: RunSetting = {
  name: 'queues and workers',
  entry: 'load-balancer',
  tiers: [
    { id: 'load-balancer', kind: 'nginx', instances: 1 },
    { id: 'app', kind: 'express', instances: 4, cores_each: 1 },
    { id: 'cache', kind: 'redis', instances: 1, cores_each: 1 },
    { id: 'database', kind: 'postgres', instances: 1 },
    { id: 'replicas', kind: 'postgres', instances: 1 },
    { id: 'broker', kind: 'rabbitmq', instances: 1 },
    { id: 'workers', kind: 'worker', instances: 1, cores_each: 1 },
    { id: 'mail', kind: 'external', instances: 1 },
  ],
  edges: [
    { from: 'load-balancer', to: 'app', visits_per_s: RATE_PER_S },
    { from: 'app', to: 'cache', visits_per_s: 810 },
    { from: 'app', to: 'replicas', visits_per_s: 324 },
    { from: 'app', to: 'database', visits_per_s: 270 },
    { from: 'app', to: 'broker', visits_per_s: 45 },
    { from: 'broker', to: 'workers', visits_per_s: 45 },
    { from: 'workers', to: 'database', visits_per_s: 45 },
    { from: 'workers', to: 'mail', visits_per_s: 45 },
    { from: 'workers', to: 'broker' },
  ],
  cost: {
    total_usd_per_month: 1_310,
    items: [
      { id: 'database', usd_per_month: 900 },
      { id: 'app', usd_per_month: 410 },
    ],
    unpriced: ['load-balancer'],
  },
};
