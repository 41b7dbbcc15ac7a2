import type { Tier } from '../../../model/topology/topology.ts';
import type { StackProcess } from '../../backend.ts';
import type { ServerProgram } from '../programs.ts';
import type { Secrets } from '../secrets.ts';
import type { Site } from '../site.ts';

/** How one kind of tier is run on this machine. A new kind is a new driver and a line in `drivers.ts`. */
export interface TierDriver {
  readonly programs: readonly ServerProgram[];
  /** Throws a `StackError` for instances or settings that cannot be carried; nothing has been started by then. */
  validate(tier: Tier): void;
  /**
   * Starts all instances and resolves when each answers its own protocol. The tiers it calls are ready by then.
   * On a failure it rejects and leaves the ending of what it started to the manifest.
   */
  start(tier: Tier, site: Site): Promise<void>;
  /** Asks one running instance whether it is well; rejects with what is wrong. */
  ask(process: StackProcess, secrets: Secrets): Promise<void>;
}
