import { fileURLToPath } from 'node:url';
import type { Tier, Topology } from '../../model/topology/topology.ts';
import { StackError } from '../backend.ts';
import { PROGRAM_EXTENSION } from '../program-extension.ts';
import type { LocalConfig } from './config.ts';
import { checkRoundTrip } from './round-trip.ts';
import { SHOP_SERVICES } from './services.ts';
import type { Services } from './services.ts';
import { checkShortenerRoundTrip } from './shortener-round-trip.ts';
import { shardsOf } from './tiers/shards.ts';

/** The programs of an application that a plan can name; each is run with this process's own Node. */
export interface Application {
  /** One instance. */
  readonly app: string;
  /** Creates the schema, loads the rows and writes the feeds. */
  readonly seed: string;
  /** One worker; absent for an application without a queue. */
  readonly worker?: string;
  /** Stands in for third parties; absent for an application that knows none. */
  readonly thirdParties?: string;
  /** What it can be divided into; absent for one that runs as a whole only. */
  readonly services?: Services;
  /** Whether it spreads its rows over the shards of a database; else it knows one database at a time. */
  readonly shards?: boolean;
  /** Tells which shard keys would belong to if there were so many; of one that has shards. */
  readonly placement?: string;
  /**
   * Writes something through the whole stack, and reads it back. Rejects with a `StackError` naming the request that was
   * not answered as it should be.
   */
  roundTrip(base_url: string, stack: string, password: string, signal?: AbortSignal): Promise<void>;
}

/** A program that a tier may run. */
export type ProgramName = 'app' | 'worker' | 'thirdParties';

const program = (name: string): string =>
  fileURLToPath(new URL(`../../reference-app/${name}${PROGRAM_EXTENSION}`, import.meta.url));

/** The reference applications, by the name that a plan gives in `application`. */
export const APPLICATIONS: Readonly<Record<string, Application>> = {
  shop: {
    app: program('server'),
    seed: program('seed'),
    worker: program('worker'),
    thirdParties: program('third-parties'),
    services: SHOP_SERVICES,
    roundTrip: checkRoundTrip,
  },
  'url-shortener': {
    app: program('shortener'),
    seed: program('shortener-seed'),
    shards: true,
    placement: program('shortener-placement'),
    roundTrip: checkShortenerRoundTrip,
  },
};

/** The application that a topology is made of. Throws a `StackError` when it names none, or one that is not there. */
export function applicationOf({ application, plan }: Topology, { applications }: LocalConfig): Application {
  const names = Object.keys(applications)
    .map((name) => `\`application: ${name}\``)
    .join(' or ');
  if (application === undefined) {
    throw new StackError(
      `plan \`${plan}\` does not say which application its stacks run`,
      `a plan whose requests one of ours can answer says ${names}; all other questions need none`,
    );
  }
  const found = applications[application];
  if (found) return found;
  throw new StackError(`there is no application \`${application}\``, `a plan can say ${names}`);
}

/** Throws a `StackError` for a database with shards of an application that knows none. */
export function assertShards(application: Application, { application: name, tiers }: Topology): void {
  const sharded = tiers.find((tier) => tier.kind === 'postgres' && shardsOf(tier) > 1);
  if (sharded === undefined || application.shards === true) return;
  throw new StackError(
    `tier \`${sharded.id}\` has ${shardsOf(sharded)} shards, but application \`${name}\` cannot spread its rows over several`,
    'take an earlier step; estimates and simulations of this one need no application',
  );
}

/** Path of the program that a tier runs. Throws a `StackError` when the application has no such program. */
export function entryOf(application: Application, name: ProgramName, tier: Pick<Tier, 'id' | 'kind'>): string {
  const entry = application[name];
  if (entry !== undefined) return entry;
  throw new StackError(`the application has nothing for tier \`${tier.id}\`, which is of kind \`${tier.kind}\``);
}
