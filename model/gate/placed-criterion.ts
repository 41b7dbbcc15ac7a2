import type { Node } from '../document/source.ts';
import type { GateCriterion } from './gate.ts';

/** A criterion with where it is written, for problems that show only when it is held to what is run. */
export interface PlacedCriterion {
  readonly gated: GateCriterion;
  readonly node: Node;
  /** As the node has it, to underline a part of it. */
  readonly text: string;
  readonly scenarioNode?: Node;
}
