import type { Judgement } from '../judge/judge.ts';
import type { Observation } from '../observation/observation.ts';
import type { RunSetting } from '../setting/run-setting.ts';

/** A run of which something failed, and what it can be held against. */
export interface Case {
  readonly observation: Observation;
  readonly setting?: RunSetting | undefined;
  /** A run of the same scenario in which all was well. */
  readonly baseline?: Observation | undefined;
  /** Without one, something is taken to have failed. */
  readonly judgement?: Judgement | undefined;
}

/** One figure that points at a tier. */
export interface Evidence {
  readonly tier: string;
  /** 0 to 1. */
  readonly weight: number;
  /** One sentence with the numbers; lower case, no full stop. */
  readonly because: string;
  /** Tiers whose trouble brings this about by itself: where one of them is suspected, this says nothing more. */
  readonly followsFrom?: readonly string[];
}

export type Rule = (of: Case) => readonly Evidence[];
