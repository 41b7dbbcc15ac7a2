import { usdPerMonth } from '../model/cost/usd-per-month.ts';
import { formatInBaseUnit, formatNumber } from '../model/units/format.ts';

/** A value with its unit: bytes, times and money in the unit that reads best, others as they are given. */
export function amountText(value: number, unit: string): string {
  return unit === '%' ? percentText(value / 100, 4) : formatInBaseUnit(value, unit);
}

/** The same for a value that may not be there: a queue that grows without bound. */
export function amountOrUnstable(value: number | null, unit: string): string {
  return value === null ? 'unstable' : amountText(value, unit);
}

/** A share in percent. Just below 100 % what is missing counts, so that it keeps two digits: 99.9986 %. */
export function percentText(share: number, significant = 3): string {
  const missing = (1 - share) * 100;
  const nearWhole = missing > 0 && missing < 1;
  const digits = nearWhole ? Math.max(significant, 3 - Math.floor(Math.log10(missing))) : significant;
  return `${formatNumber(share * 100, Math.min(digits, 12))} %`;
}

/** Running cost as bills have it: dollars a month of 730 hours. */
export function monthlyText(cost_usd_per_s: number): string {
  return `$${formatNumber(usdPerMonth(cost_usd_per_s))}`;
}
