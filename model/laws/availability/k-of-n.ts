import { share, whole } from '../argument/argument.ts';

/**
 * Availability of `total` equal, independent parts of which `needed` have to be up: the sum over i = needed .. total of
 * C(total, i) A^i (1 - A)^(total - i). O(total).
 *
 * The terms are taken relative to the largest of them, so that neither powers nor binomial coefficients leave the range
 * of numbers, however many parts there are.
 * Literature: K. S. Trivedi, Probability and Statistics with Reliability, Queuing, and Computer Science Applications,
 * 2nd ed. 2002, chapter 1.
 */
export function kOfNAvailability(availability: number, needed: number, total: number): number {
  share('availability', availability);
  whole('total', total, 0);
  whole('needed', needed, 0);
  if (needed === 0 || availability === 1) return needed <= total ? 1 : 0;
  if (needed > total || availability === 0) return 0;
  const odds = availability / (1 - availability);
  const mode = Math.min(total, Math.floor((total + 1) * availability));
  let up = 0;
  let down = 0;
  const add = (parts: number, term: number): void => {
    if (parts >= needed) up += term;
    else down += term;
  };
  for (let i = mode, term = 1; i <= total && term > 0; term *= ((total - i) / (i + 1)) * odds, i++) add(i, term);
  for (let i = mode, term = 1; i > 0 && term > 0; i--) {
    term *= i / (total - i + 1) / odds;
    add(i - 1, term);
  }
  return up / (up + down);
}
