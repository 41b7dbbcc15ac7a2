import { latenciesOf, latencyAtQuantile } from '../judge/latencies.ts';
import { sumOf } from '../judge/window.ts';
import type { Observation, ObservedPhase } from '../observation/observation.ts';
import type { Figure, PhaseFigures } from './simulation.ts';

const US = 1e-6;

/** What each phase saw, from the requests of all replications together. A request belongs to the phase that it arrived in. */
export function phaseFigures(observations: readonly Observation[]): PhaseFigures[] {
  return (observations[0]?.phases ?? []).map((phase) => figuresOf(observations, phase));
}

function figuresOf(
  observations: readonly Observation[],
  { name, judged, start_s, end_s }: ObservedPhase,
): PhaseFigures {
  const classes = observations.flatMap((each) => each.classes.filter(({ phase }) => phase === name));
  const { ok, sent } = sumOf(classes);
  const latencies = latenciesOf(classes, 'response');
  const percentile = (quantile: number): Figure | null => {
    if (latencies.recorded === 0) return null;
    const { value_us, censored } = latencyAtQuantile(latencies, quantile);
    return { ...figure(value_us * US), ...(censored ? { atLeast: true } : {}) };
  };
  return {
    phase: name,
    judged,
    start_s,
    end_s,
    throughput_per_s: figure(ok / ((end_s - start_s) * observations.length)),
    error_share: sent === 0 ? null : figure((sent - ok) / sent),
    p50_s: percentile(0.5),
    p95_s: percentile(0.95),
    p99_s: percentile(0.99),
  };
}

function figure(value: number): Figure {
  return { value, halfWidth95: null };
}
