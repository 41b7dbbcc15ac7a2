import type { Case } from './evidence.ts';
import type { Suspect } from './suspect.ts';
import { suspectsOf } from './suspects.ts';

/** The suspects of several runs, highest weight first: each tier with what the run says of it that points at it most. */
export function suspectsOfRuns(cases: readonly Case[]): readonly Suspect[] {
  const strongest = new Map<string, Suspect>();
  for (const suspect of cases.flatMap((each) => suspectsOf(each))) {
    const known = strongest.get(suspect.tier);
    if (!known || suspect.weight > known.weight) strongest.set(suspect.tier, suspect);
  }
  return [...strongest.values()].toSorted((a, b) => b.weight - a.weight);
}
