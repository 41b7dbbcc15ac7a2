import type { Verdict } from '../model/judge/judge.ts';
import { STATUSES } from '../model/judge/outcome.ts';
import {
  addBuckets,
  bucketsOf,
  countAtOrBelow,
  createHistogram,
  decode,
  mean,
} from '../model/observation/histogram.ts';
import type { Histogram } from '../model/observation/histogram.ts';
import type { ClassObservation, Observation } from '../model/observation/observation.ts';
import type { RunState } from './progress-text.ts';

/** Upper borders of the latency buckets in s, about two a doubling where thresholds tend to lie. */
const BUCKETS_S = [
  0.001, 0.0025, 0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10, 30, 60,
];
const OUTCOMES = ['ok', 'http_error', 'timeout', 'reset', 'dropped'] as const;

type Labels = Readonly<Record<string, string>>;

interface Sample {
  readonly labels: Labels;
  readonly value: number;
  /** `_bucket`, `_sum` or `_count` of a histogram. */
  readonly suffix?: string;
}

interface Family {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly samples: readonly Sample[];
}

/** A run that goes on, or has ended. `observation` is what was seen so far; absent before anything was. */
export interface RunMetrics {
  readonly state: RunState;
  readonly observation?: Observation;
}

/**
 * A run as metrics in Prometheus' text format 0.0.4. All carry the scenario as a label; those of requests count from the start of the
 * run, warm-up included, and are as old as the observation, some seconds.
 */
export function prometheusText({ state, observation }: RunMetrics): string {
  const families = [...liveFamilies(state), ...verdictFamilies(state.verdicts)];
  const seen = observation ? [...requestFamilies(observation), ...tierFamilies(observation)] : [];
  return [...families, ...seen].map((family) => familyText(family, { scenario: state.scenario })).join('');
}

function liveFamilies(state: RunState): Family[] {
  return [
    gauge('elapsed_seconds', 'Scenario time gone by', state.at_s),
    gauge('duration_seconds', 'Scenario time of the whole run', state.total_s),
    gauge('rate_per_second', 'Requests sent in the latest second', state.rate_per_s),
    gauge('target_rate_per_second', 'Requests a second that the scenario wants now, 0 for none', state.target_per_s),
    gauge('in_flight', 'Requests sent that have not ended', state.in_flight),
    gauge('p95_seconds', '95th percentile of the response times of the latest second', state.p95_us / 1e6),
    gauges('phase', 'The phase of the scenario that goes on', [{ labels: { phase: state.phase }, value: 1 }]),
    gauges(
      'fault_in_force',
      'Faults that are brought about and not healed yet',
      state.faults.map((fault) => ({ labels: { fault }, value: 1 })),
    ),
  ];
}

/** One series for each status that a criterion may have, 1 for the one that it has. */
function verdictFamilies(verdicts: readonly Verdict[]): Family[] {
  const samples = verdicts.flatMap(({ criterion, status }) =>
    STATUSES.map((each) => ({ labels: { criterion: criterion.text, status: each }, value: each === status ? 1 : 0 })),
  );
  return [gauges('verdict_so_far', 'What a criterion would say if the run ended now', samples)];
}

function requestFamilies({ classes }: Observation): Family[] {
  const byClass = [...Map.groupBy(classes, (each) => each.class)];
  const requests = byClass.flatMap(([name, cells]) =>
    OUTCOMES.map((outcome) => ({
      labels: { class: name, outcome },
      value: cells.reduce((sum, cell) => sum + cell[outcome], 0),
    })),
  );
  const responses = byClass.flatMap(([name, cells]) => histogramSamples({ class: name }, cells));
  return [
    { name: 'requests_total', type: 'counter', help: 'Requests that ended or were dropped', samples: requests },
    {
      name: 'response_seconds',
      type: 'histogram',
      help: 'From the moment a request was due to its last byte; a timeout counts at its deadline',
      samples: responses,
    },
  ];
}

function histogramSamples(labels: Labels, cells: readonly ClassObservation[]): Sample[] {
  const histogram = together(cells);
  const count = histogram.totalCount;
  return [
    ...BUCKETS_S.map((le_s) => ({
      suffix: '_bucket',
      labels: { ...labels, le: String(le_s) },
      value: countAtOrBelow(histogram, le_s * 1e6),
    })),
    { suffix: '_bucket', labels: { ...labels, le: '+Inf' }, value: count },
    { suffix: '_sum', labels, value: (mean(histogram) * count) / 1e6 },
    { suffix: '_count', labels, value: count },
  ];
}

function together(cells: readonly ClassObservation[]): Histogram {
  const all = createHistogram();
  for (const { response_us } of cells) addBuckets(all, bucketsOf(decode(response_us)));
  return all;
}

function tierFamilies({ tiers }: Observation): Family[] {
  const latest = tiers.flatMap(({ tier, series }) => {
    const sample = series.at(-1);
    return sample ? [{ labels: { tier }, sample }] : [];
  });
  const of = (figure: 'cpu_cores' | 'memory_bytes' | 'instances'): Sample[] =>
    latest.flatMap(({ labels, sample }) => {
      const value = sample[figure];
      return value === undefined ? [] : [{ labels, value }];
    });
  return [
    gauges('tier_cpu_cores', 'Processor cores that a tier uses', of('cpu_cores')),
    gauges('tier_memory_bytes', 'Memory that a tier uses', of('memory_bytes')),
    gauges('tier_instances', 'Processes of a tier that run', of('instances')),
  ];
}

function gauge(name: string, help: string, value: number): Family {
  return gauges(name, help, [{ labels: {}, value }]);
}

function gauges(name: string, help: string, samples: readonly Sample[]): Family {
  return { name, type: 'gauge', help, samples };
}

function familyText({ name, type, help, samples }: Family, common: Labels): string {
  const full = `shop_plan_${name}`;
  const lines = samples.map(({ labels, value, suffix = '' }) => {
    return `${full}${suffix}${labelsText({ ...common, ...labels })} ${value}\n`;
  });
  return `# HELP ${full} ${help}\n# TYPE ${full} ${type}\n${lines.join('')}`;
}

function labelsText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return `{${pairs.join(',')}}`;
}

/** As the format wants it within quotes. */
function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
