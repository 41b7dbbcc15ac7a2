import type { RatePiece, SchedulePhase } from './workload.ts';

/** Expected arrivals of a piece: the area under its rate, (start + end) / 2 x duration. */
export function expectedArrivals(piece: RatePiece): number {
  return ((piece.rate_per_s + piece.rate_end_per_s) / 2) * piece.duration_s;
}

/** Mean rate of a phase: the area under its pieces over its duration; 0 for a closed loop. */
export function meanRate_per_s(phase: Pick<SchedulePhase, 'duration_s' | 'pieces'>): number {
  return phase.pieces.reduce((sum, piece) => sum + expectedArrivals(piece), 0) / phase.duration_s;
}

/** The highest rate of a phase; 0 for a closed loop. */
export function peakRate_per_s(phase: Pick<SchedulePhase, 'pieces'>): number {
  return phase.pieces.reduce((peak, piece) => Math.max(peak, piece.rate_per_s, piece.rate_end_per_s), 0);
}

/**
 * The time within a piece, in s, by which `expected` arrivals are due: the inverse of
 *
 *     L(t) = r t + a t^2 / 2,   a = (r_end - r) / duration
 *
 * written as 2 L / (r + sqrt(r^2 + 2 a L)), which stays accurate when a is small or zero. Clamped to the piece.
 */
export function timeOfExpected(piece: RatePiece, expected: number): number {
  const rate = piece.rate_per_s;
  const slope = (piece.rate_end_per_s - rate) / piece.duration_s;
  const discriminant = Math.max(0, rate * rate + 2 * slope * expected);
  const denominator = rate + Math.sqrt(discriminant);
  if (denominator === 0) return 0;
  return Math.min((2 * expected) / denominator, piece.duration_s);
}

/** A piece with its rates times `scale`. */
export function scaledPiece(piece: RatePiece, scale: number): RatePiece {
  const { duration_s, rate_per_s, rate_end_per_s } = piece;
  return { duration_s, rate_per_s: rate_per_s * scale, rate_end_per_s: rate_end_per_s * scale };
}

/** The first `duration_s` of a row of pieces; all of it where it is no longer. */
export function firstPieces(pieces: readonly RatePiece[], duration_s: number): RatePiece[] {
  let left_s = duration_s;
  return pieces.flatMap((piece) => {
    const taken_s = Math.min(piece.duration_s, Math.max(0, left_s));
    left_s -= taken_s;
    if (taken_s === 0) return [];
    return [{ ...piece, duration_s: taken_s, rate_end_per_s: rateWithin(piece, taken_s) }];
  });
}

/** The rate `at_s` into a row of pieces, the later one where two meet, the last one from its end on; 0 for a closed loop. */
export function rateAt_per_s(pieces: readonly RatePiece[], at_s: number): number {
  let start_s = 0;
  for (const piece of pieces) {
    if (at_s < start_s + piece.duration_s) return rateWithin(piece, Math.max(0, at_s - start_s));
    start_s += piece.duration_s;
  }
  return pieces.at(-1)?.rate_end_per_s ?? 0;
}

function rateWithin({ rate_per_s, rate_end_per_s, duration_s }: RatePiece, at_s: number): number {
  return rate_per_s + (rate_end_per_s - rate_per_s) * (at_s / duration_s);
}
