import type { Tier, Topology } from '../../../model/topology/topology.ts';
import type { StackProcess } from '../../backend.ts';
import type { ProgramName } from '../applications.ts';
import type { ServerProgram } from '../programs.ts';
import type { Secrets } from '../secrets.ts';
import type { Site } from '../site.ts';

/** How one kind of tier is run on this machine. A new kind is a new driver and a line in `drivers.ts`. */
export interface TierDriver {
  programs(tier: Tier, topology: Topology): readonly ServerProgram[];
  /** Programs that it takes instead where the machine has them. */
  readonly preferred?: readonly ServerProgram[];
  /** Throws a `StackError` for instances or settings that cannot be carried; nothing has been started by then. */
  validate(tier: Tier, topology: Topology): void;
  /** Which of the application's programs it runs, if it does. */
  readonly program?: ProgramName;
  /**
   * Starts all instances and resolves when each answers its own protocol. The tiers it calls are ready by then.
   * On a failure it rejects and leaves the ending of what it started to the manifest.
   */
  start(tier: Tier, site: Site): Promise<void>;
  /** Asks one running process whether it is well; rejects with what is wrong. */
  ask(process: StackProcess, stack: Asked): Promise<Answer>;
}

/** What a process is asked with. */
export interface Asked {
  readonly topology: Topology;
  readonly tier: Tier;
  readonly secrets: Secrets;
}

/** What a process says of itself. */
export interface Answer {
  /** What it is among its like at this moment: `primary`, `master`, `replica` or `queue`. */
  readonly role?: string;
  /** Which of several shards a database node holds, from 1. */
  readonly shard?: number;
  /** How far a replica is behind what its primary has sent. */
  readonly lag_bytes?: number;
  /** In words; without it, that it answers. */
  readonly detail?: string;
}
