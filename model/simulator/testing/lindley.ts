import type { Random } from '../../random/random.ts';

/**
 * For tests: waits of so many successive customers of an M/M/1 queue, in service times, the first one's drawn from the steady
 * state (0 with probability 1 - utilisation, else exponential): W' = max(0, W + S - A). Their true mean is
 * utilisation / (1 - utilisation).
 * Literature: D. V. Lindley, Proc. Cambridge Phil. Soc. 48 (1952) 277-289.
 */
export function lindleyWaits(utilisation: number, customers: number, random: Random): number[] {
  let wait = random.uniform() < utilisation ? random.exponential() / (1 - utilisation) : 0;
  return Array.from({ length: customers }, () => {
    const before = wait;
    wait = Math.max(0, wait + random.exponential() - random.exponential() / utilisation);
    return before;
  });
}
