import { judgeReading } from '../claims/reading.ts';
import type { ClaimVerdict } from '../claims/reading.ts';
import { statedClaim } from '../claims/stated-claim.ts';
import type { StatedClaim } from '../claims/stated-claim.ts';
import { combine } from '../claims/verdict.ts';
import { Values } from '../plan/compute.ts';
import type { Plan } from '../plan/plan.ts';
import type { StoredMeasurements, StoredReading } from './stored-measurement.ts';

/** A claim with what follows from the plan and what is stored of its runs. */
export interface ClaimReadings {
  readonly stated: StatedClaim;
  readonly simulated: StoredReading | null;
  readonly measured: StoredReading | null;
  /** As a ledger would judge it. */
  readonly verdict: ClaimVerdict;
}

/** Claims of a plan by their ids, in that order; those that the plan has not are left out. */
export function claimReadings(
  plan: Plan,
  ids: readonly string[],
  { readings }: Pick<StoredMeasurements, 'readings'>,
): ClaimReadings[] {
  const values = new Values(plan.quantities);
  const claims = ids.flatMap((id) => plan.claims.filter((claim) => claim.id === id));
  return claims.map((claim) => {
    const of = (by: StoredReading['by']): StoredReading | null =>
      readings.find((each) => each.plan === plan.name && each.claim === claim.id && each.by === by) ?? null;
    const [simulated, measured] = [of('simulated'), of('measured')];
    const stated = statedClaim(claim, values);
    const settles = claim.measured?.on === 'simulator' ? simulated : measured;
    const seen = settles ? judgeReading(claim, settles.value, {}, false) : undefined;
    const isMeasurable = claim.measured !== undefined || claim.settledBy !== undefined;
    return { stated, simulated, measured, verdict: combine(stated.computed?.finding, seen, isMeasurable) };
  });
}
