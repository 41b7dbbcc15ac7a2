import type { Case } from './evidence.ts';
import type { Suspect } from './suspect.ts';
import { byWeight, suspectsOf } from './suspects.ts';

/** The suspects of several runs: of each tier what the run says that points at it most. */
export function suspectsOfRuns(cases: readonly Case[]): readonly Suspect[] {
  const all = cases.flatMap(suspectsOf);
  const strongest = [...Map.groupBy(all, ({ tier }) => tier).values()].flatMap((each) => byWeight(each).slice(0, 1));
  return byWeight(strongest);
}
