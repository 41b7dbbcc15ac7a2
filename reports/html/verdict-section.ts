import type { GateJudgement, GateVerdict } from '../../model/gate/gate.ts';
import { formatInterval, formatMeasured } from '../../model/judge/format-value.ts';
import type { Measurement } from '../../model/judge/measurement.ts';
import type { Status } from '../../model/judge/outcome.ts';
import { formatNumber } from '../../model/units/format.ts';
import { html } from './markup.ts';
import type { Content, Markup } from './markup.ts';
import { prose } from './prose.ts';
import { marginStrip } from './margin-strip.ts';
import { sectionMarkup } from './section.ts';
import { statusBadge } from './status-badge.ts';
import { tableMarkup } from './table.ts';

/** What is shown of a criterion, whoever judged it. */
export interface ShownVerdict {
  readonly text: string;
  readonly status: Status;
  /** Absent where the page gives the reason elsewhere. */
  readonly because?: string | undefined;
  readonly help?: string | undefined;
  readonly measurement?: Measurement | undefined;
}

/** The gate: its score, and every criterion with what it rests on. */
export function gateSection(gate: GateJudgement): Markup {
  const { score, passScore, verdicts } = gate;
  const share = (value: number): string => `${formatNumber(value * 100, 3)} %`;
  const sum = html`<p>
    ${share(score)} of the weights passed; the gate wants ${share(passScore)}, and every criterion marked <em>must</em>.
  </p>`;
  const places = new Set(verdicts.map(placeOf));
  const columns = [
    { title: 'Criterion' },
    { title: 'Verdict' },
    ...MEASURED_COLUMNS,
    ...(places.size > 1 ? [{ title: 'Scenario' }] : []),
    { title: 'Weight', numeric: true },
    { title: 'From' },
  ];
  const rows = verdicts.map((verdict): Content[] => [
    criterionCell(verdict, verdict.must),
    statusBadge(verdict.status),
    ...measuredCells(verdict),
    ...(places.size > 1 ? [placeOf(verdict)] : []),
    formatNumber(verdict.weight),
    verdict.from,
  ]);
  const table = tableMarkup({ caption: `Criteria of the gate ${gate.gate}`, columns, rows });
  return sectionMarkup({ id: 'gate', title: 'Gate', content: [sum, table] });
}

function placeOf({ scenario, step }: GateVerdict): string {
  return `${scenario}, step ${step}`;
}

/** The criteria of a run by themselves. */
export function verdictTable(verdicts: readonly ShownVerdict[], caption: string): Markup {
  const columns = [{ title: 'Criterion' }, { title: 'Verdict' }, ...MEASURED_COLUMNS];
  const rows = verdicts.map((verdict): Content[] => [
    criterionCell(verdict),
    statusBadge(verdict.status),
    ...measuredCells(verdict),
  ]);
  return tableMarkup({ caption, columns, rows });
}

const MEASURED_COLUMNS = [
  { title: 'Measured', numeric: true },
  { title: '95 % interval', numeric: true },
  { title: 'Samples', numeric: true },
  { title: html`<span class="unseen">Drawn</span>` },
] as const;

function measuredCells({ text, measurement }: ShownVerdict): Content[] {
  if (!measurement) return ['-', '-', '-', null];
  const { samples } = measurement;
  return [
    formatMeasured(measurement),
    formatInterval(measurement) || '-',
    formatNumber(samples),
    marginStrip(text, measurement),
  ];
}

/** For all but a pass, why and what to do about it. */
function criterionCell({ text, status, because, help }: ShownVerdict, must = false): Content {
  const name = html`<code>${text}</code>${must ? html` <em>must</em>` : null}`;
  if (status === 'PASS' || because === undefined) return name;
  return html`${name}
    <p class="why">${prose(because)}${help ? html`<br /><span class="help">${prose(help)}</span>` : null}</p>`;
}
