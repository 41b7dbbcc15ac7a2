import type { RequestClass } from '../plan/plan.ts';
import type { Kept, Think } from '../workload/journey-template.ts';

/** What one user does, request by request. */
export interface Journey {
  readonly name: string;
  /** Share of all journeys, 0 to 1. */
  readonly share: number;
  readonly steps: readonly JourneyStep[];
}

/** A request of one of the plan's classes; what a step says of it counts before what the class says. */
export interface JourneyStep extends Partial<Pick<RequestClass, 'path' | 'headers' | 'body'>> {
  readonly request: string;
  /** What is taken from the answer, for later steps. */
  readonly keep: readonly Kept[];
  /** The pause after the answer. */
  readonly think?: Think;
}

/** Requests of a journey on average; 1 without journeys, where each arrival is a request. */
export function requestsPerJourney(journeys: readonly Journey[]): number {
  return journeys.length === 0 ? 1 : journeys.reduce((sum, { share, steps }) => sum + share * steps.length, 0);
}

/** Shares of request classes that journeys come to when none of them ends early. */
export function mixOfJourneys(journeys: readonly Journey[]): Map<string, number> {
  const all = requestsPerJourney(journeys);
  const mix = new Map<string, number>();
  for (const { share, steps } of journeys) {
    for (const { request } of steps) mix.set(request, (mix.get(request) ?? 0) + share / all);
  }
  return mix;
}
