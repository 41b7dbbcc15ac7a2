/** A decision tree that is run on a learner's own answers. */
export interface Decision {
  readonly title: string;
  /** The first question is where it begins. */
  readonly questions: readonly DecisionQuestion[];
  readonly outcomes: readonly DecisionOutcome[];
}

export interface DecisionQuestion {
  readonly id: string;
  readonly asks: string;
  readonly hint: string;
  /** For an answer that is a number; null for yes or no. */
  readonly number: NumberAsked | null;
  readonly yes: Branch;
  readonly no: Branch;
  /** What the documents answer for their own project; null where they do not say. */
  readonly documents: { readonly yes: boolean; readonly shown: string } | null;
}

/** A number, and the limit below which it counts as yes. */
export interface NumberAsked {
  /** As people write one of it: `engineer`, `week`. */
  readonly unit: string;
  /** In that unit. */
  readonly below: number;
  /** The limit as it reads: `10 engineers`. */
  readonly shown: string;
}

/** Where an answer leads. */
export interface Branch {
  /** Id of a question or of an outcome. */
  readonly to: string;
  readonly because: string;
}

export interface DecisionOutcome {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}
