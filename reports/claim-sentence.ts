import type { LedgerRow, Reading } from '../model/claims/ledger.ts';
import { formatInBaseUnit, formatNumber } from '../model/units/format.ts';
import { percentText } from './amount-text.ts';

/** A claim in one sentence: `says 7,000 req/s; 6,944 req/s computed, 5,027 req/s measured: contradicted`; lower case, no full stop. */
export function claimSentence(row: LedgerRow): string {
  const readings = [
    ...(row.computed ? [`${claimedAmount(row.computed.value, row)} computed`] : []),
    ...readingText(row.simulated, 'simulated', row),
    ...readingText(row.measured, 'measured', row),
  ];
  const news = row.asKnown ? '' : `, which is worse than the plan records (${row.known})`;
  const seen = readings.length === 0 ? '' : `; ${readings.join(', ')}`;
  return `${row.document} says ${row.claimed}${seen}: ${row.verdict}${news}`;
}

function readingText(reading: Reading | undefined, how: string, row: LedgerRow): string[] {
  return reading?.value === undefined ? [] : [`${claimedAmount(reading.value, row)} ${how}`];
}

/** A value with the unit that the document uses; times in the unit that reads best. */
export function claimedAmount(value: number, row: LedgerRow): string {
  if (row.unit === 's') return formatInBaseUnit(value, 's');
  const number = claimedNumber(value, row);
  return row.claimedUnit.symbol === '' ? number : `${number} ${row.claimedUnit.symbol}`;
}

/** The bare number in the unit that the document uses, so that the eye can compare down the columns. */
export function claimedNumber(value: number, { claimedUnit }: LedgerRow): string {
  // Percent with as many digits as tell an availability from 100.
  return claimedUnit.symbol === '%'
    ? percentText(value, 4).replace(' %', '')
    : formatNumber(value / claimedUnit.factor);
}
