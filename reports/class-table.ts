import { formatMeasured } from '../model/judge/format-value.ts';
import { measure } from '../model/judge/measure.ts';
import type { Metric } from '../model/judge/metric.ts';
import { classesOf, isNoData, journeysOf, phasesOf, sumOf } from '../model/judge/window.ts';
import type { Observation } from '../model/observation/observation.ts';
import { formatNumber } from '../model/units/format.ts';
import type { Layout } from './style.ts';
import { table } from './table.ts';

const COLUMNS = [
  { title: 'class', flexible: true },
  ...['sent', 'ok', 'errors', 'p50', 'p95', 'p99', 'max'].map((title) => ({ title, align: 'right' as const })),
];

/** Counts and response times of each request class over the judged phases, and of all together, then of journeys; '' without any. */
export function classTable(observation: Observation, layout: Layout): string {
  const phases = phasesOf(observation);
  const classes = isNoData(phases) ? phases : classesOf(observation, phases);
  if (isNoData(classes) || classes.length === 0) return '';
  const names = [...new Set(classes.map((each) => each.class))];
  const rows = names.map((name) => {
    const { sent, ok } = sumOf(classes.filter((each) => each.class === name));
    return [name, ...counts(sent, ok), ...latencies(observation, name)];
  });
  if (names.length > 1) {
    const { sent, ok } = sumOf(classes);
    rows.push(['all', ...counts(sent, ok), ...latencies(observation)]);
  }
  const journeys = isNoData(phases) ? [] : journeysOf(observation, phases);
  for (const [name, each] of Map.groupBy(journeys, (journey) => journey.class)) {
    const { sent, ok } = sumOf(each);
    rows.push([name, ...counts(sent, ok), ...latencies(observation, name)]);
  }
  return table({ columns: COLUMNS, rows, ...layout });
}

function counts(sent: number, ok: number): string[] {
  return [sent, ok, sent - ok].map((count) => formatNumber(count));
}

function latencies(observation: Observation, name?: string): string[] {
  const of = { time: 'response' as const, ...(name === undefined ? {} : { class: name }) };
  const metrics: Metric[] = [50, 95, 99].map((percent) => ({ kind: 'percentile', percent, ...of }));
  return [...metrics, { kind: 'max', ...of } satisfies Metric].map((metric) => {
    const measured = measure(observation, metric);
    return isNoData(measured) ? '-' : formatMeasured(measured);
  });
}
