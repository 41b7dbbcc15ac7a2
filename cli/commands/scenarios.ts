import { listedScenario, SCENARIOS_FORMAT_VERSION, scenariosDocument } from '../../reports/scenarios-document.ts';
import type { ScenarioList } from '../../reports/scenarios-document.ts';
import type { Context } from '../context.ts';
import { EXIT } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { loadPlan, loadScenario, planOf, shippedPlans, shippedScenarios } from '../../api/files.ts';
import { show } from '../show.ts';

/** `shop-plan scenarios [plan]`: those of all plans unless one is named. */
export async function scenariosCommand({ terminal }: Context, plan: string | undefined): Promise<ExitCode> {
  const names = plan === undefined ? shippedPlans() : [plan];
  const plans = await Promise.all(names.map((name) => loadPlan(name)));
  const wanted = plans.flatMap((each) =>
    shippedScenarios().flatMap((name) => (planOf(name) === each.name ? [{ plan: each, name }] : [])),
  );
  const scenarios = await Promise.all(
    wanted.map(async ({ plan: of, name }) => listedScenario(of, await loadScenario(name, of))),
  );
  const list: ScenarioList = { formatVersion: SCENARIOS_FORMAT_VERSION, kind: 'scenarios', scenarios };
  await show(terminal, { data: () => list, document: () => scenariosDocument(list) });
  return EXIT.ok;
}
