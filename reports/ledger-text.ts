import type { ClaimVerdict, Ledger, LedgerRow, Reading } from '../model/claims/ledger.ts';
import { CLAIM_SYMBOL, claimAmountText, inClaimedUnit } from './claim-amount.ts';
import { readingText } from './claim-reading.ts';
import { predictionText } from './prediction-table.ts';
import type { Style } from './style.ts';
import { table } from './table.ts';
import type { Column, TableRequest } from './table.ts';
import { textWidth, wrapUnder } from './text-width.ts';

export interface LedgerTextOptions {
  readonly style: Style;
  readonly width: number;
  /** Also says where every number comes from, not only those that do not hold. */
  readonly full: boolean;
}

/**
 * The ledger: every claim with what it says, what follows, what was simulated and measured, and the verdict; grouped by
 * document. Where there is no room for all of it, what was simulated and measured stands in a table of its own below.
 */
export function ledgerText(ledger: Ledger, options: LedgerTextOptions): string {
  const documents = [...Map.groupBy(ledger.rows, ({ document }) => document)].map(([name, rows]) => ({ name, rows }));
  const beside = documents.every((each) => fits(tableOf(each, isRun(each.rows), options), options.width));
  const tables = documents.map((each) => tableOf(each, beside && isRun(each.rows), options));
  const run = ledger.rows.filter((row) => isRun([row]));
  if (!beside && run.length > 0) tables.push(runTable(run));
  const told = ledger.rows.filter((row) => options.full || needsEvidence(row));
  const evidence = told.length === 0 ? [] : [evidenceText(told, options)];
  const parts = tables.map((each) => table({ ...each, ...options }));
  const { predictions = [] } = ledger;
  const predicted = predictions.length === 0 ? [] : [predictionText(predictions, options).trimEnd()];
  return `${[...parts, ...evidence, ...predicted, summary(ledger, options.style)].join('\n\n')}\n`;
}

function isRun(rows: readonly LedgerRow[]): boolean {
  return rows.some(({ simulated, measured }) => simulated !== undefined || measured?.value !== undefined);
}

/** What holds by arithmetic alone speaks for itself, and so does what was not run. */
function needsEvidence({ verdict, simulated, measured }: LedgerRow): boolean {
  const isSeen = simulated !== undefined || measured?.value !== undefined;
  return isSeen || (verdict !== 'holds' && verdict !== 'not measured');
}

type Table = Pick<TableRequest, 'columns' | 'rows'>;

function tableOf(
  { name, rows }: { readonly name: string; readonly rows: readonly LedgerRow[] },
  withRuns: boolean,
  { style }: LedgerTextOptions,
): Table {
  const right = (title: string): Column => ({ title, align: 'right' });
  const runs = withRuns ? ['simulated', 'measured'].map(right) : [];
  return {
    columns: [{ title: name, flexible: true }, right('claimed'), right('computed'), ...runs, { title: 'verdict' }],
    rows: rows.map((row) => [
      row.claim.startsWith(`${name}.`) ? row.claim.slice(name.length + 1) : row.claim,
      row.claimed,
      row.computed ? inClaimedUnit(row.computed.value, row) : '',
      ...(withRuns ? [readingCell(row.simulated, row), readingCell(row.measured, row)] : []),
      verdictText(row, style),
    ]),
  };
}

/** Readings by the whole names of claims; their verdicts stand in the tables above. */
function runTable(rows: readonly LedgerRow[]): Table {
  const numbers = ['claimed', 'computed', 'simulated', 'measured'];
  return {
    columns: [
      { title: 'what was run', flexible: true },
      ...numbers.map((title): Column => ({ title, align: 'right' })),
    ],
    rows: rows.map((row) => [
      row.claim,
      row.claimed,
      row.computed ? inClaimedUnit(row.computed.value, row) : '',
      readingCell(row.simulated, row),
      readingCell(row.measured, row),
    ]),
  };
}

/** The least that is left of a claim's name. */
const NAME_MIN = 16;
const GAP = 2;

/** True when all but the names has the room it needs. */
function fits({ columns, rows }: Table, width: number): boolean {
  const widths = columns.map(({ title, flexible }, index) =>
    flexible ? NAME_MIN : Math.max(textWidth(title), ...rows.map((row) => textWidth(row[index] ?? ''))),
  );
  return widths.reduce((sum, each) => sum + each + GAP, -GAP) <= width;
}

function readingCell(reading: Reading | undefined, row: LedgerRow): string {
  return reading?.value === undefined ? '' : inClaimedUnit(reading.value, row);
}

function verdictText({ verdict, asKnown, settledIn }: LedgerRow, style: Style): string {
  const text = `${CLAIM_SYMBOL[verdict]} ${verdict}${settledIn === 'simulated' ? ' (simulated)' : ''}`;
  if (verdict === 'holds') return style.good(text);
  return asKnown ? style.warn(text) : style.bad(`${text}, new`);
}

function evidenceText(rows: readonly LedgerRow[], { style, width }: LedgerTextOptions): string {
  const under = (lead: string, text: string): string => wrapUnder(`    ${lead}`, text, width);
  const lines = rows.flatMap((row) => [
    wrapUnder(`${CLAIM_SYMBOL[row.verdict]} `, style.strong(row.asks), width),
    under('', `${row.claim} (${row.document}, ${row.section}): ${row.claimed}`),
    ...(row.computed
      ? [under('computed ', `${claimAmountText(row.computed.value, row)} = ${row.computed.formula}`)]
      : []),
    ...(row.simulated ? [under('simulated ', readingText(row.simulated, row))] : []),
    ...(row.measured ? [under('measured ', readingText(row.measured, row))] : []),
    ...(row.note === undefined ? [] : [under('', row.note)]),
  ]);
  return [style.strong('Evidence'), ...lines].join('\n');
}

function summary({ rows }: Ledger, style: Style): string {
  const counts = [...Map.groupBy(rows, ({ verdict }) => verdict)].map(
    ([verdict, group]) => `${group.length} ${verdict}`,
  );
  const measured = rows.filter((row) => row.measured?.value !== undefined).length;
  const news = rows.filter((row) => !row.asKnown);
  const open = rows.filter(({ verdict }) => UNANSWERED.includes(verdict));
  const simulated = rows.filter((row) => row.simulated?.value !== undefined).length;
  const seen = [...(simulated > 0 ? [`${simulated} simulated`] : []), `${measured} measured`];
  const lines = [`${rows.length} claims: ${counts.join(', ')}; ${seen.join(', ')}`];
  if (open.length > 0) lines.push(style.warn(`without an answer: ${open.map(({ claim }) => claim).join(', ')}`));
  if (news.length > 0)
    lines.push(style.bad(`worse than the plan records: ${news.map(({ claim }) => claim).join(', ')}`));
  else lines.push(style.good('nothing is worse than the plan records'));
  return lines.join('\n');
}

const UNANSWERED: readonly ClaimVerdict[] = ['invalid', 'no data', 'inconclusive'];
