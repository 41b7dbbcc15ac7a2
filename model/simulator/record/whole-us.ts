import { HIGHEST_US } from '../../observation/histogram.ts';

/** A time in s as whole µs within the range of a histogram, as recording into one makes it. NaN is the caller's mistake. */
export function wholeUs(time_s: number): number {
  const us = time_s * 1e6;
  if (us >= 0) return us < HIGHEST_US ? Math.round(us) : HIGHEST_US;
  if (Number.isNaN(us)) throw new RangeError('a response time is a number, not NaN');
  return 0;
}
