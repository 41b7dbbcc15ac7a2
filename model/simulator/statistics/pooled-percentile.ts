import { latenciesOf, latencyAtQuantile, latencyAtRank } from '../../judge/latencies.ts';
import { rankInterval } from '../../judge/order-statistics.ts';
import { classesOf, isNoData, phasesOf } from '../../judge/window.ts';
import type { Observation } from '../../observation/observation.ts';

const US = 1e-6;

/** A percentile of the requests of all replications together. */
export interface PooledPercentile {
  readonly value_s: number;
  readonly low_s: number;
  readonly high_s: number;
  readonly samples: number;
  /** The percentile lies among requests that never answered: the true one is at least this. */
  readonly censored: boolean;
}

/**
 * A percentile (0 to 100) from all requests of all replications, for those far out, such as p99.9, that a single replication
 * sees too few of. Its 95 % interval takes requests for independent, so it is a little too narrow. Null with too few
 * requests for an interval (3,688 for p99.9), or without the class.
 */
export function pooledPercentile(
  observations: readonly Observation[],
  percent: number,
  name?: string,
): PooledPercentile | null {
  const classes = observations.flatMap((observation) => {
    const phases = phasesOf(observation);
    const found = isNoData(phases) ? phases : classesOf(observation, phases, name);
    return isNoData(found) ? [] : found;
  });
  const latencies = latenciesOf(classes, 'response');
  const samples = latencies.recorded + latencies.unanswered;
  const ranks = latencies.recorded === 0 ? null : rankInterval(samples, percent / 100);
  if (!ranks) return null;
  const { value_us, censored } = latencyAtQuantile(latencies, percent / 100);
  const at_s = (rank: number): number => latencyAtRank(latencies, rank).value_us * US;
  return { value_s: value_us * US, low_s: at_s(ranks.low), high_s: at_s(ranks.high), samples, censored };
}
