import { createHash } from 'node:crypto';
import type { PlannedRun } from './plan-stacks.ts';

/** What a run depends on beside plan, step and scenario. */
export interface Conditions {
  readonly scale: number;
  readonly seed: number;
  readonly products: number;
  readonly users: number;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Names what a run was made of, so that one that was kept can stand for the same run later: the plan without its claims, which no run sees; the
 * scenario, its settings included; step, share of the load, seed, data and machine. Hexadecimal.
 */
export function runIdentity({ plan, scenario, step }: PlannedRun, conditions: Conditions): string {
  const made = { plan: { ...plan, claims: [] }, scenario, step, conditions };
  return createHash('sha256').update(JSON.stringify(made, plain)).digest('hex').slice(0, 32);
}

/** JSON has neither maps nor infinity. */
function plain(_key: string, value: unknown): unknown {
  if (value instanceof Map) return [...value];
  return value === Number.POSITIVE_INFINITY ? 'infinity' : value;
}
