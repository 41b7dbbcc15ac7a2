import { ANSWER_MISS, ANSWER_OK, ANSWER_REFRESH, IS_LOST, SETS_OUT, WAITS_FOR_CONNECTION } from './frame.ts';
import type { Frame } from './frame.ts';
import type { Simulation } from './simulation.ts';

/** An attempt is over for its caller: its deadline is lifted, and its connection goes to the next in line. */
export function endAttempt(sim: Simulation, attempt: Frame): void {
  if (attempt.isTimed) attempt.station?.deadlines?.lift(attempt);
  if (attempt.link !== null) {
    const next = attempt.link.release(attempt);
    if (next !== null) {
      if (next.station !== null) next.station.queued--;
      sim.atOnce(next, SETS_OUT);
    }
  }
}

/** The caller no longer waits for `child`. What has not set out yet, or got lost, is gone; all else goes on as an orphan. */
export function detach(sim: Simulation, child: Frame): void {
  const isGone = child.step === WAITS_FOR_CONNECTION || child.step === IS_LOST;
  if (child.step === WAITS_FOR_CONNECTION) {
    child.link?.giveUp(child);
    if (child.station !== null) child.station.queued--;
  }
  endAttempt(sim, child);
  if (child.parent !== null) child.parent.child = null;
  child.parent = null;
  if (!isGone) return;
  abandonLookup(child);
  sim.frames.give(child);
}

/** The answer of this visit is heard by nobody: a lock that came with it is let go. */
export function abandonLookup(visit: Frame): void {
  if (visit.answer !== ANSWER_MISS && visit.answer !== ANSWER_REFRESH) return;
  if (visit.key >= 0) visit.site?.lookup?.state?.abandon(visit.key);
  visit.answer = ANSWER_OK;
}
