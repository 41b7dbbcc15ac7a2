import { measure } from '../judge/measure.ts';
import type { Measurement } from '../judge/measurement.ts';
import { isNoData } from '../judge/window.ts';
import type { NoData } from '../judge/window.ts';
import type { Observation } from '../observation/observation.ts';
import type { Claim, MeasuredAt, MeasuredBy } from '../plan/plan.ts';
import { combineMeasurements } from '../simulator/statistics/combine-measurements.ts';
import { replicationInterval } from '../simulator/statistics/replication-interval.ts';
import { asked, compare, judgeReading, nothingToCompare, runKey } from './reading.ts';
import type { Reading } from './reading.ts';

/** A scenario on a step as the simulator shows it. */
export interface SimulatedRun {
  /** One for each replication; those of the same number saw the same arrivals, whatever the step. */
  readonly observations: readonly Observation[];
  /** What to know about the figures: a tier that could not keep up, or why there are none. */
  readonly remark?: string;
}

/**
 * What the simulation of a claim's scenario says of it: the mean over the replications with its 95 % interval. A comparison is
 * made replication by replication, so that what both sides have in common does not blur it. Undefined when it was not simulated.
 */
export function readSimulated(
  claim: Claim,
  by: MeasuredBy,
  runs: ReadonlyMap<string, SimulatedRun>,
): Reading | undefined {
  const run = runs.get(runKey(by.scenario, by.step));
  if (!run) return undefined;
  const seen = valueOf(run, by, runs);
  if (isNoData(seen)) return { ...asked(by), verdict: 'no data', detail: run.remark ?? seen.noData };
  const { value, interval95, samples, censored } = seen;
  const bounds = interval95 ? { low: interval95.low, high: interval95.high } : {};
  const verdict = judgeReading(claim, value, bounds, censored);
  const remark = run.remark === undefined ? {} : { detail: run.remark };
  return { ...asked(by), verdict, value, ...bounds, samples, replications: run.observations.length, ...remark };
}

type Seen = Pick<Measurement, 'value' | 'samples' | 'censored' | 'interval95'>;

function valueOf(run: SimulatedRun, by: MeasuredBy, runs: ReadonlyMap<string, SimulatedRun>): Seen | NoData {
  const now = measurementsOf(run, by);
  if (isNoData(now)) return now;
  const { versus } = by;
  if (!versus) return combined(by, now);
  const from = runs.get(runKey(versus.scenario, versus.step));
  const before = from && measurementsOf(from, versus);
  if (!before || isNoData(before)) return { noData: nothingToCompare(versus) };
  const compared = now.flatMap(({ value }, replication) => {
    const base = before[replication]?.value ?? 0;
    return base === 0 ? [] : [compare(value, versus, base)];
  });
  if (compared.length < now.length) return { noData: nothingToCompare(versus) };
  const { mean: value, halfWidth95: half } = replicationInterval(compared);
  const { samples, censored } = combined(by, now);
  return {
    value,
    samples,
    censored,
    ...(half === null ? {} : { interval95: { low: value - half, high: value + half } }),
  };
}

function combined({ metric }: MeasuredBy, each: readonly Measurement[]): Seen {
  const [only, second] = each;
  return only && !second ? only : combineMeasurements(metric, each);
}

/** The figure of every replication; no data when one of them has none. */
function measurementsOf({ observations }: SimulatedRun, by: MeasuredAt): readonly Measurement[] | NoData {
  const measured: Measurement[] = [];
  for (const observation of observations) {
    const measurement = measure(observation, by.metric, by.phase);
    if (isNoData(measurement)) return measurement;
    measured.push(measurement);
  }
  return measured.length > 0 ? measured : { noData: 'nothing was simulated' };
}
