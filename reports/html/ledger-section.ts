import type { ClaimVerdict, Ledger, LedgerRow } from '../../model/claims/ledger.ts';
import { CLAIM_SYMBOL, claimAmountText } from '../claim-amount.ts';
import { readingText } from '../claim-reading.ts';
import { html } from './markup.ts';
import type { Content, Markup } from './markup.ts';
import { prose } from './prose.ts';
import { scrollBox } from './scroll-box.ts';
import { sectionMarkup } from './section.ts';
import { badge } from './status-badge.ts';
import type { Tone } from './status-badge.ts';

const TONE: Readonly<Record<ClaimVerdict, Tone>> = {
  holds: 'good',
  close: 'good',
  contradicted: 'bad',
  inconclusive: 'warn',
  invalid: 'bad',
  'no data': 'warn',
  'not measured': 'warn',
  'not derivable': 'warn',
};

/** Every claim of a plan with its readings side by side. The filters need a script; without one all rows are there. */
export function ledgerSection(ledger: Ledger, index: number): Markup {
  const id = `ledger-${index + 1}`;
  const { plan, rows } = ledger;
  const columns = ['Claim', 'Claimed', 'Computed', 'Simulated', 'Measured', 'Verdict'];
  const heads = columns.map(
    (title, at) => html`<th scope="col" ${at > 0 && at < 5 ? html` class="n"` : null}>${title}</th>`,
  );
  const label = `Claims about ${plan} and what became of them`;
  const table = html`<table id="${id}-table">
    <caption class="unseen">
      ${label}
    </caption>
    <thead>
      <tr>
        ${heads}
      </tr>
    </thead>
    <tbody>
      ${rows.map(rowMarkup)}
    </tbody>
  </table>`;
  const content = [html`<p>${summaryOf(rows)}</p>`, filters(id, rows), scrollBox(label, table)];
  return sectionMarkup({ id, title: `Claims about ${plan}`, content });
}

function summaryOf(rows: readonly LedgerRow[]): string {
  const counts = [...Map.groupBy(rows, ({ verdict }) => verdict)].map(
    ([verdict, { length }]) => `${length} ${verdict}`,
  );
  const news = rows.filter(({ asKnown }) => !asKnown).map(({ claim }) => claim);
  const known =
    news.length > 0 ? `Worse than the plan records: ${news.join(', ')}.` : 'Nothing is worse than the plan records.';
  return `${rows.length} claims: ${counts.join(', ')}. ${known}`;
}

function filters(id: string, rows: readonly LedgerRow[]): Markup {
  const options = (values: readonly string[]): Markup[] =>
    [...new Set(values)].map((value) => html`<option value="${value}">${value}</option>`);
  const verdicts = options(rows.map(({ verdict }) => verdict));
  const documents = options(rows.map(({ document }) => document));
  return html`<form class="filters" data-filters="${id}-table" hidden>
    <label
      >Verdict
      <select name="verdict">
        <option value="">all</option>
        ${verdicts}
      </select></label
    >
    <label
      >Document
      <select name="document">
        <option value="">all</option>
        ${documents}
      </select></label
    >
    <label>Text <input type="search" name="text" autocomplete="off" /></label>
    <output aria-live="polite"></output>
  </form>`;
}

/** Where the figures of runs come from: what a verdict rests on, for whoever asks. */
function evidence(row: LedgerRow): Content {
  const readings = (['simulated', 'measured'] as const).flatMap((how) => {
    const reading = row[how];
    return reading ? [html`<p class="why">${how} ${prose(readingText(reading, row))}</p>`] : [];
  });
  return readings.length === 0
    ? null
    : html`<details>
        <summary>Evidence</summary>
        ${readings}
      </details>`;
}

function rowMarkup(row: LedgerRow): Markup {
  const { claim, document, section, asks, claimed, computed, simulated, measured, verdict, note } = row;
  const value = (reading: { readonly value?: number } | undefined): Content =>
    reading?.value === undefined ? '' : claimAmountText(reading.value, row);
  return html`<tr data-verdict="${verdict}" data-document="${document}">
    <th scope="row">
      <span>${asks}</span>
      <p class="why">
        <code>${claim}</code> ${document}, ${section}${note === undefined ? null : html`<br />${prose(note)}`}
      </p>
      ${evidence(row)}
    </th>
    <td class="n">${claimed}</td>
    <td class="n">${value(computed)}${computed ? html`<p class="why">${computed.formula}</p>` : null}</td>
    <td class="n">${value(simulated)}</td>
    <td class="n">${value(measured)}</td>
    <td>
      ${badge(TONE[verdict], CLAIM_SYMBOL[verdict], verdict)}${row.asKnown ? null : html`<p class="why">worse than the plan records</p>`}
    </td>
  </tr>`;
}
