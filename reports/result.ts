import type { ComparedRuns } from '../model/comparison/comparison.ts';
import type { Ledger } from '../model/claims/ledger.ts';
import type { Suspect } from '../model/diagnosis/suspect.ts';
import type { GateJudgement } from '../model/gate/gate.ts';
import type { Judgement } from '../model/judge/judge.ts';
import type { Outcome } from '../model/judge/outcome.ts';
import type { Observation } from '../model/observation/observation.ts';
import type { RunSetting } from '../model/setting/run-setting.ts';

/**
 * What a command found out, whichever it was. Every report (text, Markdown, JUnit, HTML, …) is written from this alone, and each shows what
 * there is: a run has one entry in `runs`, a check has a gate, a comparison `compared`, a verification ledgers.
 */
export interface Result {
  /** What was done, as a heading: `check of amazon-shop, step 2`. */
  readonly title: string;
  readonly outcome: Outcome;
  readonly runs: readonly ResultRun[];
  readonly gate?: GateJudgement;
  /** What the figures point at, where something failed. */
  readonly suspects?: readonly Suspect[];
  readonly compared?: readonly ComparedRuns[];
  readonly ledgers?: readonly Ledger[];
  /** What could not be run, and why. */
  readonly failures?: readonly ResultFailure[];
}

export interface ResultRun {
  /** Name of the folder that the run is kept in; absent for one that is not kept. */
  readonly run?: string;
  readonly observation: Observation;
  readonly judgement: Judgement;
  /** Absent in runs of earlier versions. */
  readonly setting?: RunSetting;
}

export interface ResultFailure {
  readonly plan: string;
  readonly step: number;
  readonly scenario: string;
  readonly because: string;
}
