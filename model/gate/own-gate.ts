import type { Criterion } from '../judge/criterion.ts';
import type { Plan } from '../plan/plan.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Gate, GateCriterion } from './gate.ts';

/** The gate that a plan and its scenarios are by themselves: what each scenario expects, or the plan's `slo` where one expects nothing. */
export function ownGate(plan: Pick<Plan, 'name' | 'slo'>, scenarios: readonly Scenario[]): Gate {
  const criteria = scenarios.flatMap(({ name, expect }) =>
    expect.length > 0 ? asGate(expect, name, `scenario ${name}`) : asGate(plan.slo, name, 'slo of the plan'),
  );
  return { name: plan.name, criteria, passScore: 1 };
}

function asGate(criteria: readonly Criterion[], scenario: string, from: string): GateCriterion[] {
  return criteria.map((criterion) => ({ criterion, scenario, weight: 1, must: false, from }));
}
