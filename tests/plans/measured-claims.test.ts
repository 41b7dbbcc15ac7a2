import { describe, expect, it } from 'vitest';
import { loadLiveScenario, loadPlan, loadScenario, shippedPlans, statedPlan } from '../../api/files.ts';
import { INSTRUMENTS } from '../../harness/known-instruments.ts';
import { metricClasses } from '../../model/judge/metric.ts';
import type { MeasuredAt, MeasuredBy, Plan } from '../../model/plan/plan.ts';
import type { Scenario } from '../../model/scenario/scenario.ts';

const plans = await Promise.all(shippedPlans().map((name) => loadPlan(name)));

/** What a claim asks for that its scenario does not have. */
function lacking({ step, phase, metric }: MeasuredAt, scenario: Scenario): string[] {
  const phases = scenario.phases.filter(({ name, judged }) => (phase === undefined ? judged : name === phase));
  const classes = new Set([...scenario.mix].flatMap(([name, share]) => (share > 0 ? [name] : [])));
  const probes = phases.flatMap(({ probe }) => INSTRUMENTS.probes.get(probe?.name ?? '') ?? []);
  const watches = scenario.watches.flatMap((name) => INSTRUMENTS.watches.get(name) ?? []);
  for (const instrument of [...probes, ...watches]) for (const name of instrument.classes) classes.add(name);
  return [
    ...(scenario.steps.includes(step) ? [] : [`step ${step}`]),
    ...(phases.length > 0 ? [] : [phase === undefined ? 'a judged phase' : `phase ${phase}`]),
    ...metricClasses(metric).filter((name) => !classes.has(name)),
  ];
}

async function problems(plan: Plan, { on, versus, ...by }: MeasuredBy): Promise<string[]> {
  const load = on === 'simulator' ? loadScenario : loadLiveScenario;
  const found: string[] = [];
  for (const place of versus ? [by, versus] : [by]) {
    if ((statedPlan(place.scenario) ?? plan.name) !== plan.name) found.push(`${place.scenario} is for another plan`);
    else
      found.push(...lacking(place, await load(place.scenario, plan)).map((what) => `${place.scenario} lacks ${what}`));
  }
  return found;
}

describe.each(plans)('what settles the claims of $name', (plan) => {
  const measured = plan.claims.flatMap(({ id, measured: by }) => (by ? [{ id, by }] : []));

  it('is in the scenarios that they name', async () => {
    const found = await Promise.all(measured.map(async ({ id, by }) => ({ id, lacks: await problems(plan, by) })));
    expect(found.filter(({ lacks }) => lacks.length > 0)).toEqual([]);
  });
});
