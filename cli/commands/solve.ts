import type { Plan } from '../../model/plan/plan.ts';
import { withSettings } from '../../model/plan/with-settings.ts';
import { solveCapacity } from '../../model/questions/solve-capacity.ts';
import { driversOf, exampleDriver, readLoad } from '../../model/questions/solve-drivers.ts';
import { solveGoal } from '../../model/questions/solve-goal.ts';
import { solveLoad } from '../../model/questions/solve-load.ts';
import { solutionDocument } from '../../reports/solution-document.ts';
import type { Solution } from '../../reports/solution-document.ts';
import { EXIT } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { loadPlan } from '../../api/files.ts';
import type { Context } from '../context.ts';
import { show } from '../show.ts';
import { stepOf } from '../../api/step-of.ts';
import { UsageError } from '../../api/usage-error.ts';

export interface SolveOptions {
  readonly goal?: string;
  readonly for?: string;
  readonly between?: string;
  readonly step?: number;
  readonly load?: string;
  readonly set: readonly string[];
}

/** `shop-plan solve [plan]`: what meets a goal, what carries a load, or what load each step carries. */
export async function solveCommand({ terminal }: Context, name: string, options: SolveOptions): Promise<ExitCode> {
  checkUsage(options);
  const plan = withSettings(await loadPlan(name, { claims: false }), options.set);
  const solution = solve(plan, options);
  await show(terminal, { data: () => solution, document: () => solutionDocument(solution) });
  return EXIT.ok;
}

function checkUsage({ goal, for: vary, between, step, load }: SolveOptions): void {
  if (goal !== undefined && load !== undefined) {
    throw new UsageError('`--goal` and `--load` ask different things', 'use one of them');
  }
  if (goal !== undefined && vary === undefined) {
    throw new UsageError('a goal needs the name that may change', 'add it, as in `--for app.instances`');
  }
  if (goal === undefined && (between !== undefined || step !== undefined)) {
    const option = between === undefined ? '--step' : '--between';
    throw new UsageError(`\`${option}\` goes with \`--goal\``, "add one, as in `--goal 'utilisation.app <= 70 %'`");
  }
}

function solve(plan: Plan, { goal, for: vary, between, step, load }: SolveOptions): Solution {
  if (goal !== undefined && vary !== undefined) {
    return solveGoal(plan, {
      goal,
      vary,
      ...(between === undefined ? {} : { between }),
      step: step === undefined ? plan.steps.at(-1) : stepOf(plan, step),
    });
  }
  if (plan.steps.length === 0) throw new UsageError(`${plan.name} has no architecture`, 'add `architecture:` to it');
  const drivers = driversOf(plan, vary);
  if (drivers.length === 0 && load?.includes('=') !== true) {
    const example = exampleDriver(plan) ?? 'users.daily_active';
    throw new UsageError(
      `nothing says what the load of ${plan.name} is`,
      `add \`--for ${example}\`, or \`growth:\` to the plan`,
    );
  }
  return load === undefined ? solveCapacity(plan, drivers) : solveLoad(plan, readLoad(plan, load, vary), load);
}
