import { combine, ledgerRow } from '../claims/ledger-row.ts';
import type { LedgerRow } from '../claims/ledger-row.ts';
import { judgeReading } from '../claims/reading.ts';
import type { ClaimVerdict } from '../claims/reading.ts';
import { Values } from '../plan/compute.ts';
import type { Claim, Plan } from '../plan/plan.ts';
import type { StoredMeasurements, StoredReading } from './stored-measurement.ts';

/** A claim with what follows from the plan and what is stored of its runs. */
export interface ClaimReadings {
  /** What is claimed and computed; its verdict is that of the arithmetic alone. */
  readonly row: LedgerRow;
  readonly simulated: StoredReading | null;
  readonly measured: StoredReading | null;
  /** As a ledger would judge it. */
  readonly verdict: ClaimVerdict;
  /** What settles it; null where nothing does. */
  readonly restsOn: 'computed' | 'simulated' | 'measured' | null;
}

/** Claims of a plan by their ids, in that order; those that the plan has not are left out. */
export function claimReadings(
  plan: Plan,
  ids: readonly string[],
  { readings }: Pick<StoredMeasurements, 'readings'>,
): ClaimReadings[] {
  const claims = ids.flatMap((id) => plan.claims.filter((claim) => claim.id === id));
  const values = new Values(plan.quantities);
  return claims.map((claim) => {
    const row = ledgerRow(claim, values, {});
    const of = (by: StoredReading['by']): StoredReading | null =>
      readings.find((each) => each.plan === plan.name && each.claim === claim.id && each.by === by) ?? null;
    const [simulated, measured] = [of('simulated'), of('measured')];
    return { row, simulated, measured, ...settled(claim, row, simulated, measured) };
  });
}

function settled(
  claim: Claim,
  row: LedgerRow,
  simulated: StoredReading | null,
  measured: StoredReading | null,
): Pick<ClaimReadings, 'verdict' | 'restsOn'> {
  const by = claim.measured?.on === 'simulator' ? 'simulated' : 'measured';
  const settles = by === 'simulated' ? simulated : measured;
  const seen = settles ? judgeReading(claim, settles.value, {}, false) : undefined;
  const finding = row.computed?.finding;
  const verdict = combine(finding, seen, claim.measured !== undefined || claim.settledBy !== undefined);
  if (seen !== undefined && seen === verdict) return { verdict, restsOn: by };
  return { verdict, restsOn: finding === verdict ? 'computed' : null };
}
