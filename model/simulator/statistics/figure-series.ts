import { intervalsWithin } from '../../judge/window.ts';
import type { Interval, TierSample } from '../../observation/observation.ts';
import type { SimulationRun } from '../run.ts';
import type { FigureName } from './figures.ts';

const US = 1e-6;

/**
 * A figure of all requests over the judged time of one run, for batch means. Percentiles are those of single intervals: their
 * scatter is what a batch's percentile has, though their mean is not the run's percentile.
 */
export function seriesOf(run: SimulationRun, figure: FigureName): number[] {
  if (figure === 'mean_s') return run.batches.map((batch) => batch.mean_s);
  const intervals = judgedIntervals(run);
  const answered = intervals.filter((interval) => interval.response_us.max > 0);
  switch (figure) {
    case 'throughput_per_s':
      return intervals.map((interval) => interval.ok / (run.observation.interval_s ?? 1));
    case 'errorRate':
      return intervals.filter((interval) => interval.sent > 0).map(({ ok, sent }) => 1 - ok / sent);
    case 'p50_s':
      return answered.map((interval) => interval.response_us.p50 * US);
    case 'p95_s':
      return answered.map((interval) => interval.response_us.p95 * US);
    case 'p99_s':
      return answered.map((interval) => interval.response_us.p99 * US);
  }
}

/** What a tier's samples of the judged time say of one thing. */
export function tierSeriesOf(
  { observation }: SimulationRun,
  name: string,
  figure: 'utilisation' | 'queue_length' | 'throughput_per_s',
): number[] {
  const judged = observation.phases.filter((phase) => phase.judged);
  const within = ({ at_s }: TierSample): boolean =>
    judged.some((phase) => at_s > phase.start_s && at_s <= phase.end_s + 1e-6);
  const series = observation.tiers.find((each) => each.tier === name)?.series ?? [];
  return series.filter(within).flatMap((sample) => sample[figure] ?? []);
}

function judgedIntervals({ observation }: SimulationRun): Interval[] {
  return observation.phases.filter((phase) => phase.judged).flatMap((phase) => intervalsWithin(phase, observation));
}
