import type { Compared, LedgerRow, Reading } from '../model/claims/ledger.ts';
import { formatNumber } from '../model/units/format.ts';
import { claimAmountText } from './claim-amount.ts';

/** What a run shows of a claim and where: value, interval, metric, scenario, samples, and what is to be said about it. */
export function readingText(reading: Reading, row: LedgerRow): string {
  const { value, low, high, samples, replications = 1, versus, detail, run } = reading;
  const from = versus === undefined ? '' : ` ${versus.as === 'ratio' ? 'over' : 'reduced from'} ${placeText(versus)}`;
  const what = `${placeText(reading)}${from}`;
  const interval =
    low === undefined || high === undefined ? '' : ` [${claimAmountText(low, row)}, ${claimAmountText(high, row)}]`;
  const seen = value === undefined ? 'nothing' : `${claimAmountText(value, row)}${interval}`;
  const times = replications === 1 ? '' : ` in ${replications} replications`;
  const count = samples === undefined ? '' : `, n = ${formatNumber(samples)}${times}`;
  return [`${seen}: ${what}${count}`, detail, run].filter((part) => part !== undefined).join('; ');
}

function placeText({ metric, scenario, step, phase }: Compared | Reading): string {
  return `${metric} in ${scenario}${phase === undefined ? '' : ` (${phase})`} at step ${step}`;
}
