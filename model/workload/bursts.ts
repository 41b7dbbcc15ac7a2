import { createRandom } from '../random/random.ts';
import type { ArrivalProcess, RatePiece, SchedulePhase } from './workload.ts';

/**
 * Cuts phases where a bursty process changes between on and off, drawn from the seed: what is left is a Poisson process
 * with these rates. With p the share of time that is on, the rate is multiplied by b = 1 / (1 + p (factor - 1)) when off and
 * by b x factor when on, so that its mean stays as stated. Phases of other processes come back as they are.
 */
export function withBursts<T extends SchedulePhase>(phases: readonly T[], arrivals: ArrivalProcess, seed: number): T[] {
  if (arrivals.kind !== 'bursty') return [...phases];
  const { factor, on_s, off_s } = arrivals;
  const random = createRandom(seed, 'bursts');
  const base = 1 / (1 + (on_s / (on_s + off_s)) * (factor - 1));
  // Begins as it is found at any moment; the rest of an exponential time is exponential again.
  let on = random.uniform() < on_s / (on_s + off_s);
  let left_s = random.exponential() * (on ? on_s : off_s);

  function cut(piece: RatePiece): RatePiece[] {
    const cuts: RatePiece[] = [];
    for (let at_s = 0; at_s < piece.duration_s;) {
      const times = on ? base * factor : base;
      const end_s = Math.min(piece.duration_s, at_s + left_s);
      if (end_s > at_s) cuts.push(partOf(piece, at_s, end_s, times));
      if (at_s + left_s < piece.duration_s) {
        on = !on;
        left_s = random.exponential() * (on ? on_s : off_s);
      } else left_s -= end_s - at_s;
      at_s = end_s;
    }
    return cuts;
  }
  return phases.map((phase) => ({ ...phase, pieces: phase.pieces.flatMap(cut) }));
}

function partOf(piece: RatePiece, from_s: number, until_s: number, times: number): RatePiece {
  const rateAt = (at_s: number): number => {
    const share = at_s / piece.duration_s;
    return times * (piece.rate_per_s * (1 - share) + piece.rate_end_per_s * share);
  };
  return { duration_s: until_s - from_s, rate_per_s: rateAt(from_s), rate_end_per_s: rateAt(until_s) };
}
