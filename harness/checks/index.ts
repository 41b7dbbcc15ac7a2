import type { Check } from '../instruments.ts';

/** All checks by name. */
export const CHECKS: ReadonlyMap<string, Check> = new Map<string, Check>(
  ([] satisfies Check[]).map((each: Check) => [each.name, each]),
);
