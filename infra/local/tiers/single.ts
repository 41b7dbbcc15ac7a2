import type { Tier } from '../../../model/topology/topology.ts';
import { StackError } from '../../backend.ts';

/** Throws a `StackError` for a tier that asks for several instances of what can only run alone so far. */
export function assertSingle(tier: Tier): void {
  if (tier.instances === 1) return;
  throw new StackError(
    `tier \`${tier.id}\` asks for ${tier.instances} instances of ${tier.kind}`,
    `the local backend runs one ${tier.kind}; replicas and clusters are not provided`,
  );
}
