import type { PredictionRow } from '../calibration/compare.ts';
import { providedInstances, stepCost } from '../cost/step-cost.ts';
import { usdPerMonth } from '../cost/usd-per-month.ts';
import { Values } from '../plan/compute.ts';
import type { ArchitectureStep, Plan } from '../plan/plan.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { ELSEWHERE } from '../simulator/build/elsewhere.ts';
import type { TierKind, Topology } from '../topology/topology.ts';
import { peakRate_per_s } from '../workload/cumulative-rate.ts';
import { plannedVisits } from './planned-visits.ts';
import type { RunSetting, SettingCost, SettingEdge, SettingTier } from './run-setting.ts';

export interface SettingRequest {
  readonly plan: Plan;
  readonly step: number;
  /** What was started; absent for a simulation, which has what the plan provides. */
  readonly topology?: Pick<Topology, 'tiers'> | undefined;
  readonly scenario: Pick<Scenario, 'mix' | 'phases' | 'journeys'>;
  /** Times the scenario's rates. */
  readonly scale: number;
  readonly predictions?: readonly PredictionRow[];
}

/** What a run of a scenario on a step of a plan is made on, as reports show it. RangeError for a step that the plan does not have. */
export function settingOf(request: SettingRequest): RunSetting {
  const { plan, predictions = [] } = request;
  const step = plan.steps.find((each) => each.step === request.step);
  if (!step) throw new RangeError(`${plan.name} has no step ${request.step}`);
  const cost = costOf(plan, step);
  return {
    name: step.name,
    entry: step.entry,
    tiers: tiersOf(step, request),
    edges: edgesOf(step, request),
    ...(cost && { cost }),
    ...(predictions.length > 0 && { predictions }),
  };
}

/** Their instances run one thread: Node's event loop, and the one in which Redis answers. */
const ONE_CORE: readonly TierKind[] = ['express', 'worker', 'redis'];

function tiersOf(step: ArchitectureStep, { plan, topology }: SettingRequest): SettingTier[] {
  const started = topology?.tiers.map(({ id, kind, instances, settings }): SettingTier => {
    const set = Object.entries(settings).map(([name, value]): [string, string] => [name, String(value)]);
    return {
      id,
      kind,
      instances,
      ...(ONE_CORE.includes(kind) && { cores_each: 1 }),
      ...(set.length > 0 && { settings: Object.fromEntries(set) }),
    };
  });
  if (started) return started;
  const values = new Values(plan.quantities);
  return step.tiers.map((tier) => ({ id: tier.id, kind: tier.kind, instances: providedInstances(tier, values) }));
}

/** Who calls whom, as the plan lists it, and what its routes add to that. */
function edgesOf(step: ArchitectureStep, { plan, topology, scenario, scale }: SettingRequest): SettingEdge[] {
  const rate_per_s = peakRateOf(scenario) * scale;
  const visits = plannedVisits(plan, step, scenario.mix).filter(({ from, to }) => ![from, to].includes(ELSEWHERE));
  const tiers = topology?.tiers ?? step.tiers;
  const called = tiers.flatMap(({ id, calls }) => calls.map((to) => ({ from: id, to, visits: null })));
  const isRouted = ({ from, to }: SettingEdge): boolean => visits.some((each) => each.from === from && each.to === to);
  return [...visits, ...called.filter((edge) => !isRouted(edge))].map(({ from, to, visits: each }) => {
    return { from, to, ...(each !== null && rate_per_s > 0 && { visits_per_s: rounded(each * rate_per_s) }) };
  });
}

/** Shares are no binary fractions: 5,000 is not to be 4,999.999999999999. */
function rounded(visits_per_s: number): number {
  return Number(visits_per_s.toPrecision(9));
}

/**
 * The highest rate at which requests come in through the entry; 0 where the schedule does not tell: for closed loops and probes, and for
 * journeys, whose steps are not all taken.
 */
function peakRateOf({ phases, journeys }: SettingRequest['scenario']): number {
  if (journeys.length > 0) return 0;
  return phases.reduce((peak, phase) => (phase.target === undefined ? Math.max(peak, peakRate_per_s(phase)) : peak), 0);
}

function costOf(plan: Plan, step: ArchitectureStep): SettingCost | undefined {
  const { items, total_usd_per_s, unpriced } = stepCost(plan, step, new Values(plan.quantities));
  if (items.length === 0) return undefined;
  return {
    total_usd_per_month: usdPerMonth(total_usd_per_s),
    items: items
      .map(({ id, cost_usd_per_s }) => ({ id, usd_per_month: usdPerMonth(cost_usd_per_s) }))
      .toSorted((a, b) => b.usd_per_month - a.usd_per_month),
    unpriced,
  };
}
