import { formatMeasured } from '../model/judge/format-value.ts';
import { measure } from '../model/judge/measure.ts';
import { classesOf, isNoData, sumOf } from '../model/judge/window.ts';
import type { Observation, ObservedPhase } from '../model/observation/observation.ts';
import { formatNumber } from '../model/units/format.ts';
import type { Layout } from './style.ts';
import { table } from './table.ts';

const right = { align: 'right' as const };
const COLUMNS = [
  { title: 'phase', flexible: true },
  { title: 'seconds', ...right },
  { title: 'target req/s', ...right },
  { title: 'sent req/s', ...right },
  { title: 'ok req/s', ...right },
  { title: 'errors', ...right },
  { title: 'dropped', ...right },
  { title: 'p95', ...right },
];

/** What was asked of each phase and what came of it; phases that no criterion looks at by itself are in brackets. */
export function phaseTable(observation: Observation, layout: Layout): string {
  const rows = observation.phases.map((phase) => rowOf(observation, phase));
  return table({ columns: COLUMNS, rows, ...layout });
}

function rowOf(observation: Observation, phase: ObservedPhase): string[] {
  const classes = classesOf(observation, [phase]);
  const sums = sumOf(isNoData(classes) ? [] : classes);
  const seconds = phase.end_s - phase.start_s;
  const perSecond = (count: number): string => (seconds > 0 ? formatNumber(Math.round(count / seconds)) : '-');
  const p95 = measure(observation, { kind: 'percentile', percent: 95, time: 'response' }, phase.name);
  return [
    phase.judged ? phase.name : `(${phase.name})`,
    `${formatNumber(phase.start_s)}-${formatNumber(phase.end_s)}`,
    phase.target_rate_per_s > 0 ? formatNumber(Math.round(phase.target_rate_per_s)) : '-',
    perSecond(sums.sent),
    perSecond(sums.ok),
    formatNumber(sums.sent - sums.ok),
    formatNumber(sums.dropped),
    isNoData(p95) ? '-' : formatMeasured(p95),
  ];
}
