import type {
  Observation,
  ObservedFault,
  ObservedOutage,
  ObservedWrites,
} from '../../model/observation/observation.ts';
import { formatInBaseUnit, formatNumber } from '../../model/units/format.ts';
import { html } from './markup.ts';
import type { Content, Markup } from './markup.ts';
import { prose } from './prose.ts';
import { timeText } from './run-time.ts';
import { tableMarkup } from './table.ts';

/** What was broken on purpose, what could not be done meanwhile, and what became of the writes. */
export function faults({ faults: brought = [], outages = [], writes }: Observation): Content {
  const parts = [
    ...(brought.length > 0 ? [faultTable(brought)] : []),
    ...(outages.length > 0 ? [outageTable(outages)] : []),
    ...(writes ? [writesTable(writes)] : []),
  ];
  return parts.length > 0 ? parts : null;
}

function faultTable(brought: readonly ObservedFault[]): Markup {
  const rows = brought.map(
    ({ fault, tier, targets, injected_at_s, observed_at_s, healed_at_s, effect, unhealed }): Content[] => [
      fault,
      tier,
      targets.join(', '),
      timeText(injected_at_s),
      observed_at_s === undefined ? 'not seen' : `after ${duration(observed_at_s - injected_at_s)}`,
      healed_at_s === undefined ? 'not seen' : timeText(healed_at_s),
      html`${prose(effect)}${unhealed === undefined ? null : html`<p class="why">not as before: ${prose(unhealed)}</p>`}`,
    ],
  );
  const columns = [
    { title: 'Fault' },
    { title: 'Tier' },
    { title: 'Done to' },
    { title: 'At', numeric: true },
    { title: 'Took effect', numeric: true },
    { title: 'Healed', numeric: true },
    { title: 'Effect' },
  ];
  return tableMarkup({ caption: 'What was broken on purpose', columns, rows });
}

function outageTable(outages: readonly ObservedOutage[]): Markup {
  const rows = outages.map(({ of, began_at_s, ended_at_s, parts }): Content[] => [
    of,
    timeText(began_at_s),
    duration(ended_at_s - began_at_s),
    parts.map(({ name, duration_s }) => `${name} ${duration(duration_s)}`).join(' + '),
  ]);
  const columns = [
    { title: 'What could not be done' },
    { title: 'From', numeric: true },
    { title: 'For', numeric: true },
    { title: 'Made up of' },
  ];
  return tableMarkup({ caption: 'Outages', columns, rows });
}

function writesTable({ examples, ...counts }: ObservedWrites): Markup {
  const rows = Object.entries(counts).map(([kind, count]): Content[] => [
    kind,
    formatNumber(count),
    (examples[kind] ?? []).join(', '),
  ]);
  return tableMarkup({
    caption: 'Writes that clients sent, held against what was found afterwards',
    columns: [{ title: 'Kind' }, { title: 'writes', numeric: true }, { title: 'Examples' }],
    rows,
  });
}

function duration(value_s: number): string {
  return formatInBaseUnit(Number(value_s.toPrecision(3)), 's');
}
