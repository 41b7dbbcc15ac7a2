/** What a learner typed, understood; or what to ask back, as a friendly sentence. */
export type Answer = ReadAnswer | { readonly asksBack: string };

export interface ReadAnswer {
  /** In base units. */
  readonly value: number;
  /** As it was understood: `7,000 req/s`. */
  readonly shown: string;
}

export function isUnderstood(answer: Answer): answer is ReadAnswer {
  return 'value' in answer;
}
