import type { Plan } from '../model/plan/plan.ts';
import { withSettings } from '../model/plan/with-settings.ts';
import type { Scenario } from '../model/scenario/scenario.ts';
import * as files from './files.ts';
import type { GivenText } from './files.ts';
import { drawingMistakes } from './input-error.ts';

export interface LoadPlanOptions {
  /** Values to set anew, each as `--set` takes it: `users.daily_active=20M`, `database.instances=3`. */
  readonly set?: readonly string[];
}

/**
 * A plan: one that comes with shop-plan by its name, yours by its path (`./my-plan.yaml`), or a text.
 * @throws InputError with every mistake in it; UsageError when there is no such file.
 */
export function loadPlan(plan: string | GivenText, { set = [] }: LoadPlanOptions = {}): Promise<Plan> {
  return drawingMistakes(async () => withSettings(await files.loadPlan(plan), set));
}

/**
 * A scenario of a plan, named as plans are.
 * @throws InputError with every mistake in it; UsageError when there is no such file.
 */
export function loadScenario(scenario: string | GivenText, plan: Plan): Promise<Scenario> {
  return drawingMistakes(() => files.loadScenario(scenario, plan));
}
