import type { Criterion } from '../judge/criterion.ts';
import type { Measurement } from '../judge/measurement.ts';
import type { Outcome, Status } from '../judge/outcome.ts';

/** What a pipeline lets through: criteria with their weights, and the share of them that has to pass. */
export interface Gate {
  /** How it is called in reports: the plan's name, or the file's own. */
  readonly name: string;
  /** Never empty. */
  readonly criteria: readonly GateCriterion[];
  /** Share of the weights that has to pass, 0 to 1; 1 when nobody said otherwise. */
  readonly passScore: number;
}

export interface GateCriterion {
  readonly criterion: Criterion;
  /** The one scenario it is about; absent for every scenario that is run. */
  readonly scenario?: string;
  /** 1 unless said otherwise, above 0. */
  readonly weight: number;
  /** True when its failure fails the gate whatever the score. */
  readonly must: boolean;
  /** Where it is written: `slo of the plan`, `scenario peak`, or the path of a file. */
  readonly from: string;
}

/** What became of one criterion in one run. */
export interface GateVerdict {
  readonly text: string;
  readonly scenario: string;
  readonly step: number;
  readonly status: Status;
  readonly weight: number;
  readonly must: boolean;
  readonly from: string;
  /** One sentence with the numbers; lower case, no full stop. */
  readonly because: string;
  readonly help?: string;
  readonly measurement?: Measurement;
}

export interface GateJudgement {
  readonly gate: string;
  /** FAIL when a must-have criterion failed or the score cannot be reached; what could not be judged is never a pass. */
  readonly outcome: Outcome;
  /** Share of the weights that passed, 0 to 1. */
  readonly score: number;
  readonly passScore: number;
  readonly verdicts: readonly GateVerdict[];
}
