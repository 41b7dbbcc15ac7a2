import type { ClaimVerdict, Ledger, LedgerRow, MeasuredReading } from '../model/claims/ledger.ts';
import { formatInBaseUnit, formatNumber } from '../model/units/format.ts';
import { percentText } from './amount-text.ts';
import type { Style } from './style.ts';
import { table } from './table.ts';

export interface LedgerTextOptions {
  readonly style: Style;
  readonly width: number;
  /** Also says where every number comes from, not only those that do not hold. */
  readonly full: boolean;
}

const SYMBOL: Readonly<Record<ClaimVerdict, string>> = {
  holds: '✓',
  close: '≈',
  contradicted: '✗',
  inconclusive: '?',
  invalid: '!',
  'no data': '!',
  'not measured': '-',
  'not derivable': '-',
};

/** The ledger: every claim with what it says, what follows, what was measured, and the verdict; grouped by document. */
export function ledgerText(ledger: Ledger, options: LedgerTextOptions): string {
  const documents = [...Map.groupBy(ledger.rows, ({ document }) => document)];
  const parts = documents.map(([document, rows]) => documentText(document, rows, options));
  const told = ledger.rows.filter((row) => options.full || needsEvidence(row));
  const evidence = told.length === 0 ? [] : [evidenceText(told, options)];
  return `${[...parts, ...evidence, summary(ledger, options.style)].join('\n\n')}\n`;
}

/** What holds by arithmetic alone speaks for itself, and so does what was not run. */
function needsEvidence({ verdict, measured }: LedgerRow): boolean {
  return measured?.value !== undefined || (verdict !== 'holds' && verdict !== 'not measured');
}

function documentText(document: string, rows: readonly LedgerRow[], { style, width }: LedgerTextOptions): string {
  const right = 'right' as const;
  const columns = [
    { title: document, flexible: true },
    { title: 'claimed', align: right },
    { title: 'computed', align: right },
    { title: 'measured', align: right },
    { title: 'verdict' },
  ];
  const cells = rows.map((row) => [
    row.claim.startsWith(`${document}.`) ? row.claim.slice(document.length + 1) : row.claim,
    row.claimed,
    row.computed ? inClaimedUnit(row.computed.value, row) : '',
    row.measured?.value === undefined ? '' : inClaimedUnit(row.measured.value, row),
    verdictText(row, style),
  ]);
  return table({ columns, rows: cells, width, style });
}

function verdictText({ verdict, asKnown }: LedgerRow, style: Style): string {
  const text = `${SYMBOL[verdict]} ${verdict}`;
  if (verdict === 'holds') return style.good(text);
  return asKnown ? style.warn(text) : style.bad(`${text}, new`);
}

/** The bare number in the unit that the document uses, so that the eye can compare down the columns. */
function inClaimedUnit(value: number, { claimedUnit }: LedgerRow): string {
  // Percent with as many digits as tell an availability from 100.
  return claimedUnit.symbol === '%'
    ? percentText(value, 4).replace(' %', '')
    : formatNumber(value / claimedUnit.factor);
}

function valueText(value: number, row: LedgerRow): string {
  if (row.unit === 's') return formatInBaseUnit(value, 's');
  const number = inClaimedUnit(value, row);
  return row.claimedUnit.symbol === '' ? number : `${number} ${row.claimedUnit.symbol}`;
}

function evidenceText(rows: readonly LedgerRow[], { style }: LedgerTextOptions): string {
  const lines = rows.flatMap((row) => [
    `${SYMBOL[row.verdict]} ${style.strong(row.claim)} (${row.document}, ${row.section}): ${row.claimed}`,
    ...(row.computed ? [`    computed ${valueText(row.computed.value, row)} = ${row.computed.formula}`] : []),
    ...(row.measured ? [`    measured ${measuredText(row.measured, row)}`] : []),
    ...(row.note === undefined ? [] : [`    ${row.note}`]),
  ]);
  return [style.strong('Evidence'), ...lines].join('\n');
}

function measuredText(reading: MeasuredReading, row: LedgerRow): string {
  const { metric, scenario, step, phase, value, low, high, samples, detail, run } = reading;
  const from = reading.reductionFromStep === undefined ? '' : `reduction from step ${reading.reductionFromStep} of `;
  const what = `${from}${metric} in ${scenario}${phase === undefined ? '' : ` (${phase})`} at step ${step}`;
  const interval = low === undefined || high === undefined ? '' : ` [${valueText(low, row)}, ${valueText(high, row)}]`;
  const seen = value === undefined ? 'nothing' : `${valueText(value, row)}${interval}`;
  const count = samples === undefined ? '' : `, n = ${formatNumber(samples)}`;
  return [`${seen}: ${what}${count}`, detail, run].filter((part) => part !== undefined).join('; ');
}

function summary({ rows }: Ledger, style: Style): string {
  const counts = [...Map.groupBy(rows, ({ verdict }) => verdict)].map(
    ([verdict, group]) => `${group.length} ${verdict}`,
  );
  const measured = rows.filter((row) => row.measured?.value !== undefined).length;
  const news = rows.filter((row) => !row.asKnown);
  const open = rows.filter(({ verdict }) => UNANSWERED.includes(verdict));
  const lines = [`${rows.length} claims: ${counts.join(', ')}; ${measured} measured`];
  if (open.length > 0) lines.push(style.warn(`without an answer: ${open.map(({ claim }) => claim).join(', ')}`));
  if (news.length > 0)
    lines.push(style.bad(`worse than the plan records: ${news.map(({ claim }) => claim).join(', ')}`));
  else lines.push(style.good('nothing is worse than the plan records'));
  return lines.join('\n');
}

const UNANSWERED: readonly ClaimVerdict[] = ['invalid', 'no data', 'inconclusive'];
