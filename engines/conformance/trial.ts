import type { Workload } from '../../model/workload/workload.ts';
import type { Engine, LoadJob, LoadResult } from '../engine.ts';
import { steadyJob } from '../testing/jobs.ts';
import type { Answer, Stub } from '../testing/stub-server.ts';

/** Arrivals a second in every trial: few, so that trials can run beside each other. */
export const RATE_PER_S = 50;
/** What the server takes unless a trial says otherwise. */
export const SERVICE_MS = 100;
/** More than are in flight while a server stands still for a second. */
const CONNECTIONS = 80;

/** What an engine may claim, and a trial can tell. */
export type Claim = 'paces' | 'responseFromIntended' | 'survivesResets';

/** A server that behaves in one way, and what a claim means there. */
export interface Trial {
  readonly name: string;
  readonly claim: Claim;
  readonly duration_s: number;
  readonly workload?: Workload;
  readonly answer: Answer;
  /** The generator itself is held up for so long, about a second into the run. */
  readonly hold_ms?: number;
  /** Why the figures are not those that the claim promises; empty when they are. */
  problems(result: LoadResult, server: Stub): string[];
}

export function jobOf({ duration_s, workload }: Trial, url: string): LoadJob {
  return steadyJob(url, RATE_PER_S, duration_s, {
    connections: CONNECTIONS,
    drain_s: 2,
    ...(workload && { workload }),
  });
}

/** What the trials found of an engine. */
export interface Conformance {
  readonly claims: Pick<Engine['claims'], Claim>;
  /** Problems of each trial that had any, by its name. */
  readonly problems: Readonly<Record<string, readonly string[]>>;
}
