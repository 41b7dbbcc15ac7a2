import { countAtOrBelow } from '../observation/histogram.ts';
import type { Observation } from '../observation/observation.ts';
import type { Criterion } from './criterion.ts';
import { MEAN_SAMPLES_MIN, Z95, wilson } from './intervals.ts';
import { latenciesOf } from './latencies.ts';
import type { Measurement } from './measurement.ts';
import { isLatency } from './metric.ts';
import { samplesForInterval } from './order-statistics.ts';
import { classesOf, isNoData, phasesOf } from './window.ts';

/** More than this is no advice: the value is too close to the threshold to tell them apart. */
const SAMPLES_MAX = 1e9;

/**
 * How many more samples an INCONCLUSIVE criterion needs, if the value stays where it is; undefined when no number would
 * help. Half widths shrink with the square root of the samples.
 */
export function samplesNeeded(
  observation: Observation,
  criterion: Criterion,
  measurement: Measurement,
): number | undefined {
  const { samples } = measurement;
  const total = samplesInTotal(observation, criterion, measurement);
  if (total === undefined || !Number.isFinite(total) || total > SAMPLES_MAX) return undefined;
  return Math.max(1, Math.ceil(total) - samples);
}

function samplesInTotal(observation: Observation, criterion: Criterion, measurement: Measurement): number | undefined {
  const { metric, threshold } = criterion;
  const { value, samples, interval95 } = measurement;
  switch (metric.kind) {
    case 'percentile':
      if (!interval95) return samplesForInterval(metric.percent / 100);
      return interval95.open ? undefined : forPercentile(observation, criterion, metric.percent / 100);
    case 'mean':
      if (!interval95) return MEAN_SAMPLES_MIN;
      return interval95.open ? undefined : bySquareRoot(samples, value, interval95[side(value, threshold)], threshold);
    case 'error_rate':
    case 'ratio':
      return forShare(value, threshold, samples);
    case 'rate':
      return interval95 && bySquareRoot(samples, value, interval95[side(value, threshold)], threshold);
    default:
      return undefined;
  }
}

function side(value: number, threshold: number): 'low' | 'high' {
  return value < threshold ? 'high' : 'low';
}

function bySquareRoot(samples: number, value: number, edge: number, threshold: number): number | undefined {
  return value === threshold ? undefined : samples * ((edge - value) / (threshold - value)) ** 2;
}

/**
 * The interval leaves the threshold when the share F of samples at or below it lies z standard deviations from p:
 * n = z² p (1 - p) / (F - p)².
 */
function forPercentile(
  observation: Observation,
  { metric, threshold, phase }: Criterion,
  p: number,
): number | undefined {
  const phases = phasesOf(observation, phase);
  if (isNoData(phases) || !isLatency(metric)) return undefined;
  const classes = classesOf(observation, phases, metric.class);
  if (isNoData(classes)) return undefined;
  const { histogram, recorded, unanswered } = latenciesOf(classes, metric.time);
  const share = countAtOrBelow(histogram, threshold * 1e6) / (recorded + unanswered);
  return share === p ? undefined : (Z95 ** 2 * p * (1 - p)) / (share - p) ** 2;
}

/** The least n at which Wilson's interval around the same share leaves the threshold, by bisection. */
function forShare(share: number, threshold: number, samples: number): number | undefined {
  const decides = (n: number): boolean => {
    const { low, high } = wilson(share * n, n);
    return high < threshold || low > threshold;
  };
  if (share === threshold || !decides(SAMPLES_MAX)) return undefined;
  let few = samples;
  let many = SAMPLES_MAX;
  while (many - few > 1) {
    const middle = Math.floor((few + many) / 2);
    if (decides(middle)) many = middle;
    else few = middle;
  }
  return many;
}
