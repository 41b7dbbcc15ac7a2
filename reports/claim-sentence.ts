import type { LedgerRow, Reading } from '../model/claims/ledger.ts';
import { claimAmountText } from './claim-amount.ts';

/** A claim in one sentence: `says 7,000 req/s; 6,944 req/s computed, 5,027 req/s measured: contradicted`; lower case, no full stop. */
export function claimSentence(row: LedgerRow): string {
  const readings = [
    ...(row.computed ? [`${claimAmountText(row.computed.value, row)} computed`] : []),
    ...readingText(row.simulated, 'simulated', row),
    ...readingText(row.measured, 'measured', row),
  ];
  const news = row.asKnown ? '' : `, which is worse than the plan records (${row.known})`;
  const seen = readings.length === 0 ? '' : `; ${readings.join(', ')}`;
  return `${row.document} says ${row.claimed}${seen}: ${row.verdict}${news}`;
}

function readingText(reading: Reading | undefined, how: string, row: LedgerRow): string[] {
  return reading?.value === undefined ? [] : [`${claimAmountText(reading.value, row)} ${how}`];
}
