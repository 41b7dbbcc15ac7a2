import type { ClaimVerdict, LedgerRow } from '../model/claims/ledger.ts';
import { formatInBaseUnit, formatNumber } from '../model/units/format.ts';
import { percentText } from './amount-text.ts';

/** How each verdict on a claim is marked, beside its word. */
export const CLAIM_SYMBOL: Readonly<Record<ClaimVerdict, string>> = {
  holds: '✓',
  close: '≈',
  contradicted: '✗',
  inconclusive: '?',
  invalid: '!',
  'no data': '!',
  'not measured': '-',
  'not derivable': '-',
};

/** The bare number in the unit that the document uses, so that the eye can compare down the columns. */
export function inClaimedUnit(value: number, { claimedUnit }: LedgerRow): string {
  // Percent with as many digits as tell an availability from 100.
  return claimedUnit.symbol === '%'
    ? percentText(value, 4).replace(' %', '')
    : formatNumber(value / claimedUnit.factor);
}

/** The same with its unit; times in the one that reads best. */
export function claimAmountText(value: number, row: LedgerRow): string {
  if (row.unit === 's') return formatInBaseUnit(value, 's');
  const number = inClaimedUnit(value, row);
  return row.claimedUnit.symbol === '' ? number : `${number} ${row.claimedUnit.symbol}`;
}
