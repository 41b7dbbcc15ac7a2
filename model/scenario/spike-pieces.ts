import type { RatePiece } from '../workload/workload.ts';

export interface SpikeShape {
  readonly rate_per_s: number;
  readonly factor: number;
  readonly rise_s: number;
  readonly fall_s: number;
  readonly duration_s: number;
}

/** From a rate up to `factor` times it within `rise_s`, held there, and back within `fall_s`. */
export function spikePieces({ rate_per_s, factor, rise_s, fall_s, duration_s }: SpikeShape): RatePiece[] {
  const top = rate_per_s * factor;
  const pieces = [
    { duration_s: rise_s, rate_per_s, rate_end_per_s: top },
    { duration_s: duration_s - rise_s - fall_s, rate_per_s: top, rate_end_per_s: top },
    { duration_s: fall_s, rate_per_s: top, rate_end_per_s: rate_per_s },
  ];
  return pieces.filter((piece) => piece.duration_s > 0);
}
