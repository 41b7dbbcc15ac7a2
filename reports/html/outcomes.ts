import { formatMeasured } from '../../model/judge/format-value.ts';
import { measure } from '../../model/judge/measure.ts';
import type { Metric } from '../../model/judge/metric.ts';
import { classesOf, isNoData, journeysOf, phasesOf, sumOf } from '../../model/judge/window.ts';
import type { Sums } from '../../model/judge/window.ts';
import type { Observation, ObservedPhase } from '../../model/observation/observation.ts';
import { formatNumber } from '../../model/units/format.ts';
import { percentText } from '../amount-text.ts';
import type { Content } from './markup.ts';
import { timeText } from './run-time.ts';
import { tableMarkup } from './table.ts';

const KINDS = [
  ['http_error', 'HTTP errors'],
  ['timeout', 'timeouts'],
  ['reset', 'resets'],
  ['dropped', 'dropped'],
] as const;

/** What became of the requests: by phase, and by class and journey over the judged phases. */
export function outcomes(observation: Observation): Content {
  return [phaseOutcomes(observation), classOutcomes(observation)];
}

function phaseOutcomes(observation: Observation): Content {
  const rows = observation.phases.map((phase): Content[] => {
    const classes = classesOf(observation, [phase]);
    const sums = sumOf(isNoData(classes) ? [] : classes);
    return [
      phase.judged ? phase.name : `${phase.name} (not judged)`,
      ...ratesOf(phase, sums),
      ...countsOf(sums),
      ...latencyOf(observation, { phase: phase.name }),
    ];
  });
  const rates = ['from', 'to', 'target req/s', 'ok req/s'].map((title) => ({ title, numeric: true }));
  return tableMarkup({ caption: 'Outcomes by phase', columns: [{ title: 'Phase' }, ...rates, ...COUNTED], rows });
}

function ratesOf({ start_s, end_s, target_rate_per_s }: ObservedPhase, { ok }: Sums): string[] {
  const whole = (rate: number): string => formatNumber(Math.round(rate));
  const target = target_rate_per_s > 0 ? whole(target_rate_per_s) : '-';
  return [timeText(start_s), timeText(end_s), target, end_s > start_s ? whole(ok / (end_s - start_s)) : '-'];
}

function classOutcomes(observation: Observation): Content {
  const phases = phasesOf(observation);
  const classes = isNoData(phases) ? phases : classesOf(observation, phases);
  if (isNoData(phases) || isNoData(classes) || classes.length === 0) return null;
  // Journeys stand below what they consist of.
  const all = [...classes, ...journeysOf(observation, phases)];
  const rows = [...Map.groupBy(all, (each) => each.class)].map(([name, each]): Content[] => {
    return [name, ...countsOf(sumOf(each)), ...latencyOf(observation, { class: name }), statusesOf(each)];
  });
  const columns = [{ title: 'Class' }, ...COUNTED, { title: 'answers by status' }];
  return tableMarkup({ caption: 'Outcomes by request class, judged phases together', columns, rows });
}

const COUNTED = ['sent', 'ok', ...KINDS.map(([, title]) => title), 'failed', 'p50', 'p95', 'p99'].map((title) => ({
  title,
  numeric: true,
}));

function countsOf(sums: Sums): string[] {
  const { sent, ok } = sums;
  const failed = sent > 0 ? percentText((sent - ok) / sent) : '-';
  return [sent, ok, ...KINDS.map(([kind]) => sums[kind])].map((count) => formatNumber(count)).concat(failed);
}

function latencyOf(
  observation: Observation,
  { phase, class: name }: { readonly phase?: string; readonly class?: string },
): string[] {
  return [50, 95, 99].map((percent) => {
    const metric: Metric = {
      kind: 'percentile',
      percent,
      time: 'response',
      ...(name !== undefined && { class: name }),
    };
    const measured = measure(observation, metric, phase);
    return isNoData(measured) ? '-' : formatMeasured(measured);
  });
}

function statusesOf(classes: readonly { readonly statuses: Readonly<Record<string, number>> }[]): string {
  const counts = new Map<string, number>();
  for (const { statuses } of classes) {
    for (const [status, count] of Object.entries(statuses)) counts.set(status, (counts.get(status) ?? 0) + count);
  }
  return [...counts].map(([status, count]) => `${formatNumber(count)} × ${status}`).join(', ') || '-';
}
