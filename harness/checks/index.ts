import type { Check } from '../instruments.ts';
import { effects } from './effects.ts';
import { stock } from './stock.ts';
import { writes } from './writes.ts';

/** All checks by name. */
export const CHECKS: ReadonlyMap<string, Check> = new Map<string, Check>(
  [effects, stock, writes].map((each) => [each.name, each]),
);
