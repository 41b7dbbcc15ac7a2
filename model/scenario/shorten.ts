import type { RatePiece } from '../workload/workload.ts';
import type { Scenario, ScenarioPhase } from './scenario.ts';

/** How long phases may last, in s. */
export interface Limits {
  readonly judged_s: number;
  /** Phases that nothing is judged by. */
  readonly other_s: number;
}

/** A scenario whose phases end early: rates are the same for as long as they last. Of no use with faults, which have their times. */
export function shorten<T extends Pick<Scenario, 'phases'>>(scenario: T, { judged_s, other_s }: Limits): T {
  return { ...scenario, phases: scenario.phases.map((phase) => cut(phase, phase.judged ? judged_s : other_s)) };
}

function cut(phase: ScenarioPhase, most_s: number): ScenarioPhase {
  if (phase.duration_s <= most_s) return phase;
  const pieces: RatePiece[] = [];
  let left_s = most_s;
  for (const piece of phase.pieces) {
    if (left_s <= 0) break;
    pieces.push(cutPiece(piece, left_s));
    left_s -= piece.duration_s;
  }
  return { ...phase, duration_s: most_s, pieces };
}

function cutPiece(piece: RatePiece, most_s: number): RatePiece {
  const { duration_s, rate_per_s, rate_end_per_s } = piece;
  if (duration_s <= most_s) return piece;
  const rise = ((rate_end_per_s - rate_per_s) * most_s) / duration_s;
  return { duration_s: most_s, rate_per_s, rate_end_per_s: rate_per_s + rise };
}
