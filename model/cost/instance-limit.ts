import type { PlannedTier } from '../plan/plan.ts';
import type { TierKind } from '../topology/topology.ts';

/** A primary, and somebody else's service: more of it is no matter of starting more. */
const ONE_OF_A_KIND: readonly TierKind[] = ['postgres', 'external'];

/**
 * How many instances of a tier there can be: its `max_instances`, else one where a PostgreSQL or a third party is provided
 * once, else any number (null).
 */
export function instanceLimit({ maxInstances, kind }: PlannedTier, provided: number): number | null {
  return maxInstances ?? (ONE_OF_A_KIND.includes(kind) && provided === 1 ? 1 : null);
}
