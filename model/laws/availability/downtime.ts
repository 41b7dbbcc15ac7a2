import { nonNegative, positive, share } from '../argument/argument.ts';

/** A year of 365 days, in seconds. */
export const YEAR_S = 365 * 86_400;

/**
 * Time that a system is down in a period: (1 - A) × period. 99.99 % of a year leave 52.56 min.
 * RangeError for an availability outside 0 to 1.
 */
export function downtime_s(availability: number, period_s: number = YEAR_S): number {
  return (1 - share('availability', availability)) * positive('period_s', period_s);
}

/**
 * Availability of a system that was down for `down_s` of a period: 1 - down / period. RangeError when it was down for
 * longer.
 */
export function availabilityOfDowntime(down_s: number, period_s: number = YEAR_S): number {
  nonNegative('down_s', down_s);
  positive('period_s', period_s);
  if (down_s > period_s) throw new RangeError(`a downtime of ${down_s} s does not fit into a period of ${period_s} s`);
  return 1 - down_s / period_s;
}
