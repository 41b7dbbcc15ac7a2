import type { Judgement } from '../judge/judge.ts';
import type { Measurement } from '../judge/measurement.ts';
import { measure } from '../judge/measure.ts';
import type { Outcome } from '../judge/outcome.ts';
import { isCriterionProblem, parseMetric } from '../judge/criterion.ts';
import type { NoData } from '../judge/window.ts';
import type { Observation } from '../observation/observation.ts';
import type { RunSetting } from '../setting/run-setting.ts';
import type { Experiment, Side, Trial } from './lesson.ts';

/** What an experiment was tried on. */
export type TriedOn = 'servers' | 'simulator';

/** `shown`: before fails a goal and after meets all; `not shown`: proven otherwise; `invalid`: nothing is proven. */
export type TrialOutcome = 'shown' | 'not shown' | 'invalid';

/** What came of an experiment. */
export interface TrialResult {
  readonly experiment: Experiment;
  readonly plan: string;
  readonly on: TriedOn;
  readonly before: SideResult;
  readonly after: SideResult;
  readonly outcome: TrialOutcome;
}

export interface SideResult {
  readonly side: Side;
  readonly observation: Observation;
  /** Of the trial's goals. */
  readonly judgement: Judgement;
  /** As many as the trial shows, in their order. */
  readonly shown: readonly (Measurement | NoData)[];
}

export const SIDES = ['before', 'after'] as const;
export type SideName = (typeof SIDES)[number];

export function trialOf(experiment: Experiment, on: TriedOn): Trial {
  return on === 'servers' ? experiment.servers : experiment.simulator;
}

/** Whether two runs have shown what they were to show. What was not proven, one way or the other, shows nothing. */
export function trialOutcome(before: Outcome, after: Outcome): TrialOutcome {
  if (before === 'FAIL' && after === 'PASS') return 'shown';
  const isProven = (outcome: Outcome): boolean => outcome === 'PASS' || outcome === 'FAIL';
  return isProven(before) && isProven(after) ? 'not shown' : 'invalid';
}

/** What is shown of one side beside its goals. `setting` is what the run was made on; a simulation has none. */
export function shownOf(trial: Trial, observation: Observation, setting?: RunSetting): (Measurement | NoData)[] {
  return trial.shows.map(({ metric }) => {
    const read = parseMetric(metric);
    if (isCriterionProblem(read)) return { noData: read.message, ...(read.help !== undefined && { help: read.help }) };
    return measure(observation, read, undefined, setting);
  });
}
