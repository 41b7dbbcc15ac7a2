import { runKey, runsNeeded, simulationsNeeded } from '../../model/claims/ledger.ts';
import type { NeededRun } from '../../model/claims/ledger.ts';
import type { Plan } from '../../model/plan/plan.ts';
import type { Scenario } from '../../model/scenario/scenario.ts';

/** What is to be run of all that claims ask for. */
export interface Selection {
  /** All scenarios, not only those of the short profile. */
  readonly full: boolean;
  readonly step?: number;
  /** Names of scenarios and claims, which count whatever their profile; everything when empty. */
  readonly only: readonly string[];
}

export interface Choice {
  readonly runs: readonly NeededRun[];
  readonly simulations: readonly NeededRun[];
  /** Why the others are left out, by `runKey`. */
  readonly unrun: ReadonlyMap<string, string>;
}

/** Parts what a plan's claims ask for into what is run, what is simulated, and what is left out for a reason. */
export function chooseRuns(plan: Plan, scenarios: ReadonlyMap<string, Scenario>, selection: Selection): Choice {
  const unrun = new Map<string, string>();
  const named = namedRuns(plan, selection.only);
  for (const run of simulationsNeeded(plan)) {
    const why = leftOut(run, scenarios.get(run.scenario), selection, named);
    if (why !== undefined) unrun.set(runKey(run.scenario, run.step), why);
  }
  const isChosen = ({ scenario, step }: NeededRun): boolean => !unrun.has(runKey(scenario, step));
  return {
    runs: runsNeeded(plan).filter(isChosen),
    simulations: simulationsNeeded(plan).filter(isChosen),
    unrun,
  };
}

function leftOut(
  { scenario: name, step }: NeededRun,
  scenario: Scenario | undefined,
  { full, step: wanted }: Selection,
  named: ReadonlySet<string> | undefined,
): string | undefined {
  if (wanted !== undefined && wanted !== step) return `only step ${wanted} was asked for`;
  if (named) return named.has(runKey(name, step)) ? undefined : 'other scenarios or claims were asked for';
  return full || scenario?.profile === 'short' ? undefined : 'run with `--full`';
}

/** The runs that scenarios and claims of these names stand for; undefined when there are no names. */
function namedRuns(plan: Plan, only: readonly string[]): ReadonlySet<string> | undefined {
  if (only.length === 0) return undefined;
  const named = plan.claims.flatMap(({ id, measured }) => {
    const places = measured ? [measured, ...(measured.versus ? [measured.versus] : [])] : [];
    return places.filter(({ scenario }) => only.includes(id) || only.includes(scenario));
  });
  return new Set(named.map(({ scenario, step }) => runKey(scenario, step)));
}
