import type { Plan } from '../model/plan/plan.ts';
import { scenarioDuration_s } from '../model/scenario/scenario.ts';
import type { Profile, Scenario } from '../model/scenario/scenario.ts';
import type { ReportDocument } from './document.ts';

export const SCENARIOS_FORMAT_VERSION = 1;

/** What scenarios there are, in the order of their plans and names. */
export interface ScenarioList {
  readonly formatVersion: typeof SCENARIOS_FORMAT_VERSION;
  readonly kind: 'scenarios';
  readonly scenarios: readonly ListedScenario[];
}

export interface ListedScenario {
  readonly scenario: string;
  readonly title: string;
  readonly plan: string;
  readonly steps: readonly number[];
  readonly profile: Profile;
  readonly duration_s: number;
  /** What it brings beside load: faults, probes, and settings of tiers. */
  readonly brings: readonly string[];
  /** Claims of the plan that it has a part in settling. */
  readonly claims: readonly string[];
}

export function listedScenario(plan: Plan, scenario: Scenario): ListedScenario {
  const { name, title, steps, profile } = scenario;
  const claims = plan.claims.filter(
    ({ measured }) => measured?.scenario === name || measured?.versus?.scenario === name,
  );
  return {
    scenario: name,
    title,
    plan: plan.name,
    steps,
    profile,
    duration_s: scenarioDuration_s(scenario),
    brings: brought(scenario),
    claims: claims.map(({ id }) => id),
  };
}

function brought({ faults, phases, watches, checks, settings }: Scenario): string[] {
  const all = [
    ...faults.map(({ kind, tier }) => `${kind} of ${tier}`),
    ...phases.flatMap(({ probe }) => (probe ? [`probe ${probe.name}`] : [])),
    ...watches.map((name) => `watch ${name}`),
    ...checks.map((name) => `check ${name}`),
    ...[...settings].flatMap(([tier, set]) =>
      Object.entries(set).map(([key, value]) => `${tier}.${key}: ${String(value)}`),
    ),
  ];
  return [...new Set(all)];
}

export function scenariosDocument({ scenarios }: ScenarioList): ReportDocument {
  const plans = [...Map.groupBy(scenarios, ({ plan }) => plan)];
  return plans.map(([plan, listed]) => ({
    kind: 'table',
    name: 'scenarios',
    columns: [
      { title: plan },
      { title: 'what', flexible: true },
      { title: 'steps' },
      { title: 's', align: 'right' },
      { title: 'profile' },
      { title: 'claims', align: 'right' },
    ],
    rows: listed.map(({ scenario, title, brings, steps, duration_s, profile, claims }) => [
      scenario,
      brings.length === 0 ? title : `${title} (${brings.join(', ')})`,
      stepsText(steps),
      String(Math.round(duration_s)),
      profile,
      String(claims.length),
    ]),
    data: listed.map(({ steps, brings, claims, ...row }) => ({
      ...row,
      steps: steps.join(' '),
      brings: brings.join('; '),
      claims: claims.join(' '),
    })),
  }));
}

/** `1-4, 6` */
function stepsText(steps: readonly number[]): string {
  const runs: number[][] = [];
  for (const step of steps.toSorted((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last?.at(-1) === step - 1) last.push(step);
    else runs.push([step]);
  }
  return runs.map((run) => (run.length === 1 ? String(run[0]) : `${run[0]}-${run.at(-1)}`)).join(', ');
}
