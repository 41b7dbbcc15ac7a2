import type { Probe } from '../instruments.ts';
import { stampede } from './stampede.ts';

/** All probes by name. */
export const PROBES: ReadonlyMap<string, Probe> = new Map<string, Probe>(
  [stampede].map((each: Probe) => [each.name, each]),
);
