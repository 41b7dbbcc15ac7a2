import type { Judgement } from '../model/judge/judge.ts';
import type { Observation } from '../model/observation/observation.ts';
import type { Plan } from '../model/plan/plan.ts';
import type { RunSetting } from '../model/setting/run-setting.ts';

/** A scenario that was run on live servers, or simulated: what was seen, and what was made of it. */
export interface Run {
  /** What was seen; of a simulation the first of its replications. */
  readonly observation: Observation;
  /** All replications of a simulation; of live servers the one observation. Never empty. */
  readonly replications: readonly Observation[];
  /** Held against what the scenario expects, or against the plan's `slo` where it expects nothing. */
  readonly judgement: Judgement;
  /** What it was made on; absent for a simulation, and in runs of earlier versions. */
  readonly setting?: RunSetting;
  /** Absent for a run that was read from its folder. */
  readonly plan?: Plan;
  /** Folder that it is kept in; absent for one that is not kept. */
  readonly kept?: string;
}
