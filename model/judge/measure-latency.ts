import { max, mean } from '../observation/histogram.ts';
import type { Observation, ObservedPhase } from '../observation/observation.ts';
import { meanInterval } from './intervals.ts';
import type { Interval95 } from './intervals.ts';
import { anyCensored, latenciesOf, latencyAtQuantile, latencyAtRank } from './latencies.ts';
import type { Latencies } from './latencies.ts';
import type { Measurement } from './measurement.ts';
import type { LatencyMetric } from './metric.ts';
import { rankInterval } from './order-statistics.ts';
import { classesOf, isNoData, windowOf } from './window.ts';
import type { NoData } from './window.ts';

const US = 1e-6;

type Statistic = Pick<Measurement, 'value' | 'interval95' | 'censored'>;

/** Percentile, mean or maximum of response or service time, in seconds, over everything that was sent. */
export function measureLatency(
  observation: Observation,
  phases: readonly ObservedPhase[],
  metric: LatencyMetric,
): Measurement | NoData {
  const classes = classesOf(observation, phases, metric.class);
  if (isNoData(classes)) return classes;
  const latencies = latenciesOf(classes, metric.time);
  if (latencies.recorded === 0) return { noData: 'no request was answered in the window' };
  const samples = latencies.recorded + latencies.unanswered;
  return { ...statisticOf(latencies, samples, metric), unit: 's', samples, window: windowOf(phases) };
}

function statisticOf(latencies: Latencies, samples: number, metric: LatencyMetric): Statistic {
  switch (metric.kind) {
    case 'percentile':
      return percentileOf(latencies, samples, metric.percent / 100);
    case 'mean':
      return meanOf(latencies);
    case 'max':
      return { value: max(latencies.histogram) * US, censored: anyCensored(latencies) };
  }
}

function percentileOf(latencies: Latencies, samples: number, quantile: number): Statistic {
  const { value_us, censored } = latencyAtQuantile(latencies, quantile);
  const ranks = rankInterval(samples, quantile);
  if (ranks === null) return { value: value_us * US, censored };
  const low = latencyAtRank(latencies, ranks.low);
  const high = latencyAtRank(latencies, ranks.high);
  const edges = { low: low.value_us * US, high: high.value_us * US };
  return { value: value_us * US, censored, interval95: bounded(edges, high.censored) };
}

function meanOf(latencies: Latencies): Statistic {
  const { histogram, recorded } = latencies;
  const value = mean(histogram) * US;
  const censored = anyCensored(latencies);
  const interval = meanInterval(value, histogram.stdDeviation * US, recorded);
  return { value, censored, ...(interval ? { interval95: bounded(interval, censored) } : {}) };
}

function bounded(interval: Interval95, open: boolean): Interval95 {
  return open ? { ...interval, open: true } : interval;
}
