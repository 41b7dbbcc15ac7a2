import { scenarioDuration_s } from '../model/scenario/scenario.ts';
import type { Scenario } from '../model/scenario/scenario.ts';
import type { Plan } from '../model/plan/plan.ts';
import { loadScenario, shippedScenarios, statedPlan } from '../api/files.ts';
import { UsageError } from '../api/usage-error.ts';

/**
 * What is run for a plan when nobody says: of the scenarios that come with it, the shortest that holds a rate and breaks nothing, those of the
 * short profile first.
 * @throws UsageError where there is none.
 */
export async function defaultScenario(plan: Plan, step?: number): Promise<string> {
  const names = shippedScenarios().filter((name) => statedPlan(name) === plan.name);
  const scenarios = await Promise.all(names.map((name) => loadScenario(name, plan)));
  const fitting = scenarios.filter((each) => isSteady(each) && (step === undefined || each.steps.includes(step)));
  const [chosen] = fitting.toSorted((a, b) => rank(a) - rank(b) || scenarioDuration_s(a) - scenarioDuration_s(b));
  if (chosen) return chosen.name;
  const where = step === undefined ? '' : ` step ${step}`;
  throw new UsageError(
    `nothing says what to run for \`${plan.name}\`${where}`,
    'name one with `--scenario`, by its name or path, or in the gate file',
  );
}

function isSteady({ phases, faults }: Scenario): boolean {
  return faults.length === 0 && phases.every(({ closed, probe }) => closed === null && probe === undefined);
}

function rank({ profile }: Scenario): number {
  return profile === 'short' ? 0 : 1;
}
