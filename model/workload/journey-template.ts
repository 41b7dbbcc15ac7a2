import type { RequestTemplate } from './workload.ts';

/**
 * What one user does, request by request. One row of every feed is drawn for all of it, so that the user stays the same. A step whose
 * request fails, or whose answer lacks what is to be kept, is the last.
 */
export interface JourneyTemplate {
  readonly name: string;
  /** Relative weight; the shares of all journeys of a workload add up to 1. */
  readonly share: number;
  readonly steps: readonly StepTemplate[];
}

export interface StepTemplate {
  /** Of one of the workload's classes. Its strings may hold `${session.NAME}` of what an earlier step has kept. */
  readonly request: RequestTemplate;
  readonly keep: readonly Kept[];
  readonly think?: Think;
}

/** A pause, always as long or exponentially distributed. */
export interface Think {
  readonly mean_s: number;
  readonly exponential: boolean;
}

/** A value of an answer, by its path in a JSON body, or of a header. */
export interface Kept {
  readonly name: string;
  readonly from: 'body' | 'header';
  /** Keys and indices from the outside in; of a header its name in lower case. */
  readonly path: readonly string[];
}
