import { formatInBaseUnit, formatNumber } from '../units/format.ts';
import { plural } from '../units/plural.ts';

/** An amount with its unit as people write it: `$50,000/month`, `70 %`, `20 ms`, `9 instances`. */
export function amountWords(value: number, unit: string): string {
  if (unit === '%') return `${formatNumber(value)} %`;
  if (unit.startsWith('USD')) return `$${formatNumber(value)}${unit.slice('USD'.length)}`;
  return formatInBaseUnit(value, /^(?:day|[a-z]{4,})$/.test(unit) && value !== 1 ? plural(unit) : unit);
}

/** A share as a percentage: `494 %`. */
export function percentWords(share: number): string {
  return `${formatNumber(share * 100, 3)} %`;
}
