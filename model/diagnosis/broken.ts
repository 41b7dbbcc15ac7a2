import type { Case, Evidence } from './evidence.ts';
import { inNumber } from './in-words.ts';

const ON_PURPOSE = 1;
const DIED = 0.95;

/** What was broken while the run was on: on purpose, with a proven effect, or by itself. */
export function broken({ observation: { faults = [], events } }: Case): Evidence[] {
  const injected = faults
    .filter(({ observed_at_s }) => observed_at_s !== undefined)
    .map(({ tier, fault, injected_at_s, effect }) => ({
      tier,
      weight: ON_PURPOSE,
      because: `\`${fault}\` was done to it on purpose at ${inNumber(injected_at_s)} s: ${effect}`,
    }));
  const deaths = events.flatMap(({ kind, tier, at_s, detail }): Evidence[] =>
    kind === 'process-died' && tier !== undefined
      ? [{ tier, weight: DIED, because: `one of its processes died at ${inNumber(at_s)} s: ${detail}` }]
      : [],
  );
  return [...injected, ...deaths];
}
