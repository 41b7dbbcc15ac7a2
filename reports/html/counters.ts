import type { Observation } from '../../model/observation/observation.ts';
import { formatNumber } from '../../model/units/format.ts';
import { html } from './markup.ts';
import type { Content } from './markup.ts';
import { tableMarkup } from './table.ts';

/** What the servers counted, by phase; those that stayed 0 throughout are left out. */
export function counters({ phases, counters: whole = {} }: Observation): Content {
  const names = [...new Set(phases.flatMap((phase) => Object.keys(phase.counters)))].filter((name) =>
    phases.some((phase) => (phase.counters[name] ?? 0) !== 0),
  );
  const hasWhole = Object.keys(whole).length > 0;
  if (names.length === 0 && !hasWhole) return null;
  const all = [...names, ...Object.keys(whole).filter((name) => !names.includes(name))];
  const columns = [
    { title: 'Counter' },
    ...phases.map(({ name }) => ({ title: name, numeric: true })),
    ...(hasWhole ? [{ title: 'whole run', numeric: true }] : []),
  ];
  const cell = (value: number | undefined): string => (value === undefined ? '-' : formatNumber(value));
  const rows = all.map((name): Content[] => [
    html`<code>${name}</code>`,
    ...phases.map((phase) => cell(phase.counters[name])),
    ...(hasWhole ? [cell(whole[name])] : []),
  ]);
  return html`<details>
    <summary>Counters of the servers</summary>
    ${tableMarkup({ caption: 'Counters by phase', columns, rows })}
  </details>`;
}
