import type { Node, Source } from '../document/source.ts';
import type { Plan } from '../plan/plan.ts';

/** Questions about one thing, with the lesson that teaches it. */
export interface DrillTopic {
  readonly name: string;
  readonly title: string;
  readonly questions: readonly DrillQuestion[];
}

/** A question before its variation is chosen. */
export interface DrillQuestion {
  /** Topic and name, e.g. `traffic/average`. */
  readonly id: string;
  readonly topic: string;
  /** As `shop-plan walk` takes it, e.g. `amazon-shop 2`. */
  readonly lesson: string;
  /** As the documents have it; variations set some of its assumptions anew. */
  readonly plan: Plan;
  /** At least one. */
  readonly variants: readonly Variant[];
  readonly texts: QuestionTexts;
  /** What is counted, in the question's words, e.g. `short address`; the unit's own word when absent. */
  readonly counts?: string;
}

/** The figures that one asking of a question has. */
export interface Variant {
  /** The settings in a line; empty for the plan's own figures. */
  readonly id: string;
  /** As `--set` takes them. */
  readonly settings: readonly string[];
}

/** Where the texts of a question stand, as they are filled anew for each variation. */
export interface QuestionTexts {
  readonly source: Source;
  readonly asks: Node;
  readonly hint: Node;
  readonly answer: Node;
  readonly means: Node;
}

/** A question and the figures it is to be asked with. */
export interface ChosenQuestion {
  readonly question: DrillQuestion;
  readonly variant: Variant;
}
