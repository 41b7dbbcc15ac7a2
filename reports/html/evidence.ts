import { isNear } from '../../model/calibration/compare.ts';
import type { PredictionRow } from '../../model/calibration/compare.ts';
import type { ValidityCheck } from '../../model/judge/validity-check.ts';
import type { Observation } from '../../model/observation/observation.ts';
import type { SettingCost } from '../../model/setting/run-setting.ts';
import { formatInBaseUnit, formatNumber } from '../../model/units/format.ts';
import { percentText } from '../amount-text.ts';
import { html } from './markup.ts';
import type { Content, Markup } from './markup.ts';
import { prose } from './prose.ts';
import { timeText } from './run-time.ts';
import { badge } from './status-badge.ts';
import { tableMarkup } from './table.ts';

/** What a calibrated machine should have shown beside what it did. */
export function predictionsTable(rows: readonly PredictionRow[]): Markup {
  const columns = [
    { title: 'Quantity' },
    { title: 'Phase' },
    ...['predicted', 'measured', 'error', 'promised within'].map((title) => ({ title, numeric: true })),
    { title: 'Verdict' },
  ];
  const cells = rows.map((row): Content[] => {
    const { quantity, phase, predicted, measured, error, within } = row;
    const verdict = within === null ? '-' : isNear(row) ? badge('good', '✓', 'near') : badge('bad', '✗', 'off');
    return [
      quantity,
      phase,
      predictedText(predicted, row),
      predictedText(measured, row),
      error === null ? '-' : `${error > 0 ? '+' : ''}${formatNumber(error * 100, 2)} %`,
      within === null ? '-' : `${formatNumber(within * 100)} %`,
      verdict,
    ];
  });
  return tableMarkup({ caption: "Predicted from this machine's calibration, and measured", columns, rows: cells });
}

function predictedText(value: number, { unit }: PredictionRow): string {
  if (unit === 'share') return percentText(value);
  return unit === 's'
    ? formatInBaseUnit(Number(value.toPrecision(3)), 's')
    : `${formatNumber(Math.round(value))} req/s`;
}

/** What the step costs a month as the plan has it. */
export function costTable({ items, total_usd_per_month, unpriced }: SettingCost): Content {
  const money = (value: number): string => `$${formatNumber(Math.round(value))}`;
  const share = (value: number): string => (total_usd_per_month > 0 ? percentText(value / total_usd_per_month) : '-');
  const rows = [
    ...items.map(({ id, usd_per_month }): Content[] => [id, money(usd_per_month), share(usd_per_month)]),
    [html`<strong>all</strong>`, html`<strong>${money(total_usd_per_month)}</strong>`, ''],
  ];
  const columns = [{ title: 'What' }, { title: 'a month', numeric: true }, { title: 'share', numeric: true }];
  const table = tableMarkup({ caption: 'What the step costs as the plan has it', columns, rows });
  return unpriced.length === 0 ? table : [table, html`<p class="faint">Without a price: ${unpriced.join(', ')}.</p>`];
}

/** Every check of the run with what it found, the passed ones too: what was looked at is part of the evidence. */
export function validityTable(checks: readonly ValidityCheck[]): Markup {
  const rows = checks.map(({ name, ok, severity, detail, help }): Content[] => [
    name,
    ok
      ? badge('good', '✓', 'passed')
      : severity === 'invalid'
        ? badge('bad', '!', 'invalid')
        : badge('warn', '!', 'warning'),
    html`${prose(detail)}${!ok && help !== '' ? html`<p class="why">${prose(help)}</p>` : null}`,
  ]);
  const columns = [{ title: 'Check' }, { title: 'Result' }, { title: 'What was found' }];
  return tableMarkup({ caption: 'Whether the run can carry a judgement', columns, rows });
}

/** How the load generator itself fared. */
export function generatorFacts({ generator }: Observation): Markup {
  const { send_lag_us, cpu_cores, event_loop_utilisation, gc_pause_ms_max, memory_bytes_max, sockets_max } = generator;
  const lag = (value_us: number): string => formatInBaseUnit(Number((value_us / 1e6).toPrecision(3)), 's');
  const facts: readonly (readonly [string, string])[] = [
    ['Send lag', `p50 ${lag(send_lag_us.p50)}, p99 ${lag(send_lag_us.p99)}, most ${lag(send_lag_us.max)}`],
    ['Event loop busy', percentText(event_loop_utilisation)],
    ['Processor', `${formatNumber(cpu_cores, 3)} cores`],
    ['Longest pause for garbage', `${formatNumber(gc_pause_ms_max, 3)} ms`],
    ['Memory, most', formatInBaseUnit(Number(memory_bytes_max.toPrecision(3)), 'B')],
    ['Sockets, most', formatNumber(sockets_max)],
  ];
  return factsList('The load generator', facts);
}

export function environmentFacts({ what }: Observation): Markup {
  const profile = what.profile === 'machine' ? 'this machine' : "the documents' figures";
  return factsList('Machine and software', [...Object.entries(what.environment), ['capacities', profile]]);
}

function factsList(title: string, facts: readonly (readonly [string, string])[]): Markup {
  const items = facts.map(
    ([name, value]) =>
      html`<div>
        <dt>${name}</dt>
        <dd>${value}</dd>
      </div>`,
  );
  return html`<h4>${title}</h4>
    <dl class="facts">${items}</dl>`;
}

/** What happened when. */
export function eventsTable({ events }: Observation): Markup {
  const columns = [{ title: 'At', numeric: true }, { title: 'What' }, { title: 'Tier' }, { title: 'Detail' }];
  const rows = events.map(({ at_s, kind, tier, detail }) => [timeText(at_s), kind, tier ?? '-', prose(detail)]);
  return tableMarkup({ caption: 'Events', columns, rows });
}
