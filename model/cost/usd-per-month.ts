/** Seconds of a month as bills have it: 730 hours. */
const MONTH_S = 730 * 3600;

/** A running cost in dollars a month, to the cent, so that binary rounding does not show. */
export function usdPerMonth(cost_usd_per_s: number): number {
  return Math.round(cost_usd_per_s * MONTH_S * 100) / 100;
}
