import type { Probe } from '../instruments.ts';

/** All probes by name. */
export const PROBES: ReadonlyMap<string, Probe> = new Map<string, Probe>(
  ([] satisfies Probe[]).map((each: Probe) => [each.name, each]),
);
