import type { Observation, ObservedPhase } from '../observation/observation.ts';
import type { Plan } from '../plan/plan.ts';
import type { Scenario, ScenarioPhase } from '../scenario/scenario.ts';
import type { Topology } from '../topology/topology.ts';
import type { Calibration } from './calibration.ts';
import { comparePrediction } from './compare.ts';
import type { PredictionRow } from './compare.ts';
import { measuredLoad } from './measured-load.ts';
import { planMix, uncalibrated } from './mix-demand.ts';
import { predictorOf } from './predict.ts';

export interface PredictedRun {
  readonly plan: Plan;
  readonly scenario: Scenario;
  readonly observation: Observation;
  /** What ran. */
  readonly topology: Topology | undefined;
  readonly calibration: Calibration;
}

/**
 * What a calibrated machine should have shown in each judged phase of a run, beside what it did. Only phases at a constant rate
 * through the entry, of requests without journeys or faults, can be foretold; none of a run whose stack or mix is not that of the calibration.
 */
export function predictRun({ plan, scenario, observation, topology, calibration }: PredictedRun): PredictionRow[] {
  const { what, phases } = observation;
  if (!topology || whyUnlike(calibration, topology) !== null) return [];
  if (scenario.faults.length > 0 || scenario.journeys.length > 0 || uncalibrated(scenario.mix, calibration).length > 0)
    return [];
  const predictor = predictorOf(calibration, planMix(plan));
  return phases.flatMap((phase) => {
    const planned = scenario.phases.find(({ name }) => name === phase.name);
    if (!phase.judged || !planned || !isSteady(planned)) return [];
    const measured = measuredLoad(observation, phase, calibration.cores);
    if (!measured) return [];
    const where = { scenario: what.scenario, step: what.step, phase: phase.name };
    const predicted = predictor.predict(scenario.mix, offeredRate(observation, phase));
    return comparePrediction(where, predicted, measured, calibration.cores);
  });
}

/** Arrivals are random: what really came in a short phase may differ from the plan by more than a prediction may. */
function offeredRate({ classes }: Observation, { name, start_s, end_s }: ObservedPhase): number {
  const came = classes.filter(({ phase }) => phase === name).reduce((sum, { scheduled }) => sum + scheduled, 0);
  return came / (end_s - start_s);
}

/** Why a calibration tells nothing about a stack, in words: its tiers have other numbers of instances. Null when it does. */
export function whyUnlike({ tiers }: Calibration, topology: Topology): string | null {
  for (const { id, instances } of topology.tiers) {
    const then = tiers.find(({ tier }) => tier === id)?.instances ?? 0;
    if (then !== instances) return `\`${id}\` had ${then} instances when it was calibrated, and has ${instances}`;
  }
  return null;
}

function isSteady({ pieces, closed, probe, target }: ScenarioPhase): boolean {
  const rates = new Set(pieces.flatMap(({ rate_per_s, rate_end_per_s }) => [rate_per_s, rate_end_per_s]));
  return !closed && !probe && target === undefined && rates.size === 1 && !rates.has(0);
}
