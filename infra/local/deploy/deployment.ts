import type { Tier } from '../../../model/topology/topology.ts';

/** What to deploy. Without settings and entry it is the present program anew, e.g. after a change of its source. */
export interface DeployOptions {
  /** The application tier; by default the only one that a balancer calls. */
  readonly tier?: string;
  /** Settings of the tier that replace or join those it has. */
  readonly settings?: Tier['settings'];
  /** The program, when it is another than the application's own. */
  readonly entry?: string;
  /** How long the new instances are watched once they answer; 0 is not at all. */
  readonly watch_s: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (message: string) => void;
}

/** How a deployment stands. */
export interface DeployReport {
  readonly tier: string;
  /** Ids of the processes that answer now. */
  readonly live: readonly string[];
  /** Ids of those that run on and could be switched back to. */
  readonly waiting: readonly string[];
  readonly ended: readonly string[];
  /** What the new instances answered while they were watched. */
  readonly watched?: Watched;
}

export interface Watched {
  readonly duration_s: number;
  readonly requests: number;
  /** Of them, those with a status of 500 and above. */
  readonly errors: number;
}
