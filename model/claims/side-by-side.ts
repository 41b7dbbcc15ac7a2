import type { Criterion } from '../judge/criterion.ts';
import { measure } from '../judge/measure.ts';
import type { Measurement } from '../judge/measurement.ts';
import { metricText } from '../judge/metric.ts';
import type { Metric } from '../judge/metric.ts';
import { isNoData } from '../judge/window.ts';
import type { Observation } from '../observation/observation.ts';
import { combineMeasurements } from '../simulator/statistics/combine-measurements.ts';

/** A metric as the simulation and the live run of a scenario show it; null where one of them has nothing. */
export interface SideBySide {
  readonly metric: string;
  /** All that are judged when absent. */
  readonly phase?: string;
  readonly simulated: Measurement | null;
  readonly measured: Measurement | null;
}

/** What is expected of a scenario, then throughput and p95 of every request class that was driven, each in both executions. */
export function sideBySide(
  measured: Observation,
  replications: readonly Observation[],
  criteria: readonly Criterion[],
): SideBySide[] {
  const looks = new Map<string, Pick<Criterion, 'metric' | 'phase'>>();
  for (const { metric, phase } of [...criteria, ...ofClasses(measured)]) {
    looks.set(`${metricText(metric)} ${phase ?? ''}`, { metric, ...(phase === undefined ? {} : { phase }) });
  }
  return [...looks.values()].map(({ metric, phase }) => ({
    metric: metricText(metric),
    ...(phase === undefined ? {} : { phase }),
    simulated: together(replications, metric, phase),
    measured: together([measured], metric, phase),
  }));
}

function ofClasses({ classes }: Observation): { readonly metric: Metric; readonly phase?: string }[] {
  const names = [...new Set(classes.map((each) => each.class))];
  const p95 = { kind: 'percentile', percent: 95, time: 'response' } as const;
  const all: Metric[] = [{ kind: 'rate' }, p95];
  const each = names.flatMap((name): Metric[] => [
    { kind: 'rate', class: name },
    { ...p95, class: name },
  ]);
  return [...all, ...(names.length > 1 ? each : [])].map((metric) => ({ metric }));
}

function together(observations: readonly Observation[], metric: Metric, phase?: string): Measurement | null {
  const seen: Measurement[] = [];
  for (const observation of observations) {
    const measurement = measure(observation, metric, phase);
    if (isNoData(measurement)) return null;
    seen.push(measurement);
  }
  const [first] = seen;
  if (!first) return null;
  return seen.length === 1 ? first : combineMeasurements(metric, seen);
}
