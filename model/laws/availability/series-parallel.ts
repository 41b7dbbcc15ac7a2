import { share } from '../argument/argument.ts';

/**
 * Availability of a chain that needs all of its parts: the product of theirs. The parts fail independently; 1 for no
 * parts.
 * Literature: K. S. Trivedi, Probability and Statistics with Reliability, Queuing, and Computer Science Applications,
 * 2nd ed. 2002, chapter 1.
 */
export function seriesAvailability(parts: readonly number[]): number {
  return parts.reduce((product, part) => product * share('availability', part), 1);
}

/**
 * Availability of parts of which any one suffices: 1 - product of (1 - A). The parts fail independently, so a cause
 * that they share (power, deployment, region) belongs into a series with them; 0 for no parts.
 * Literature: Trivedi 2002, chapter 1.
 */
export function parallelAvailability(parts: readonly number[]): number {
  return parts.reduce((up, part) => up + (1 - up) * share('availability', part), 0);
}
