import { nonNegative, positive } from '../argument/argument.ts';

/**
 * Steady-state availability of a part that is repaired after each failure: MTBF / (MTBF + MTTR), with the mean time
 * between failures counted from a repair to the next failure, in the unit of the mean time to repair. Holds for any
 * distribution of both times.
 * Literature: K. S. Trivedi, Probability and Statistics with Reliability, Queuing, and Computer Science Applications,
 * 2nd ed. 2002, chapter 6.
 */
export function repairedAvailability(mtbf_s: number, mttr_s: number): number {
  return positive('mtbf_s', mtbf_s) / (mtbf_s + nonNegative('mttr_s', mttr_s));
}
