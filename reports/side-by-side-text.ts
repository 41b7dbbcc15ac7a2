import type { SideBySide } from '../model/claims/side-by-side.ts';
import { formatMeasured } from '../model/judge/format-value.ts';
import type { Measurement } from '../model/judge/measurement.ts';
import type { Layout } from './style.ts';
import { table } from './table.ts';

const COLUMNS = [
  { title: 'metric', flexible: true },
  { title: 'simulated', align: 'right' as const },
  { title: 'measured', align: 'right' as const },
];

/** The figures of a scenario beside each other, as the simulator and the live servers show them. Ends with a line end. */
export function sideBySideText(rows: readonly SideBySide[], layout: Layout): string {
  const cells = rows.map(({ metric, phase, simulated, measured }) => [
    phase === undefined ? metric : `${metric} in ${phase}`,
    figure(simulated),
    figure(measured),
  ]);
  return `${table({ columns: COLUMNS, rows: cells, ...layout })}\n`;
}

function figure(measurement: Measurement | null): string {
  return measurement ? formatMeasured(measurement) : '-';
}
