import { anyCensored, latenciesOf, latencyAtQuantile } from '../../judge/latencies.ts';
import { measure } from '../../judge/measure.ts';
import type { Metric } from '../../judge/metric.ts';
import { classesOf, isNoData, phasesOf } from '../../judge/window.ts';
import { mean } from '../../observation/histogram.ts';
import type { Observation } from '../../observation/observation.ts';

const US = 1e-6;

export const FIGURES = ['throughput_per_s', 'errorRate', 'mean_s', 'p50_s', 'p95_s', 'p99_s'] as const;
export type FigureName = (typeof FIGURES)[number];

export interface Figure {
  readonly value: number;
  /** It rests on requests that never answered: the true one is at least this. */
  readonly censored: boolean;
}

/** What one run says of requests, over its judged phases; null for what it does not say, having seen none. */
export type Figures = Readonly<Record<FigureName, Figure | null>>;

/** Figures of one class, or of all requests. */
export function figuresOf(observation: Observation, name?: string): Figures {
  const only = name === undefined ? {} : { class: name };
  return {
    throughput_per_s: figureOf(observation, { kind: 'rate', ...only }),
    errorRate: figureOf(observation, { kind: 'error_rate', ...only }),
    ...responseOf(observation, name),
  };
}

function figureOf(observation: Observation, metric: Metric): Figure | null {
  const measured = measure(observation, metric);
  return isNoData(measured) ? null : { value: measured.value, censored: measured.censored };
}

/** As `measure` gives them, but with each histogram decoded once. */
function responseOf(observation: Observation, name?: string): Pick<Figures, 'mean_s' | 'p50_s' | 'p95_s' | 'p99_s'> {
  const nothing = { mean_s: null, p50_s: null, p95_s: null, p99_s: null };
  const phases = phasesOf(observation);
  const classes = isNoData(phases) ? phases : classesOf(observation, phases, name);
  if (isNoData(classes)) return nothing;
  const latencies = latenciesOf(classes, 'response');
  if (latencies.recorded === 0) return nothing;
  const quantile = (p: number): Figure => {
    const { value_us, censored } = latencyAtQuantile(latencies, p);
    return { value: value_us * US, censored };
  };
  return {
    mean_s: { value: mean(latencies.histogram) * US, censored: anyCensored(latencies) },
    p50_s: quantile(0.5),
    p95_s: quantile(0.95),
    p99_s: quantile(0.99),
  };
}
