import type { Tier } from '../../model/topology/topology.ts';
import { StackError } from '../backend.ts';

/** A whole number from a tier's settings. Throws a `StackError` when it is none or out of range. */
export function wholeNumber(tier: Tier, key: string, otherwise: number, min: number, max: number): number {
  const value = tier.settings[key] ?? otherwise;
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value;
  throw wrong(tier, key, `a whole number from ${min} to ${max}`);
}

/** One of a few words from a tier's settings. Throws a `StackError` when it is none of them. */
export function oneOf<T extends string>(tier: Tier, key: string, otherwise: T, allowed: readonly T[]): T {
  const value = tier.settings[key] ?? otherwise;
  const found = allowed.find((word) => word === value);
  if (found !== undefined) return found;
  throw wrong(tier, key, `one of ${allowed.join(', ')}`);
}

/** Yes or no from a tier's settings. Throws a `StackError` when it is neither. */
export function yesOrNo(tier: Tier, key: string, otherwise: boolean): boolean {
  const value = tier.settings[key] ?? otherwise;
  if (typeof value === 'boolean') return value;
  throw wrong(tier, key, 'true or false');
}

function wrong(tier: Tier, key: string, expected: string): StackError {
  return new StackError(
    `setting \`${key}\` of tier \`${tier.id}\` is ${JSON.stringify(tier.settings[key])}`,
    `it has to be ${expected}`,
  );
}
