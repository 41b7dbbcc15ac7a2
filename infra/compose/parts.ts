import type { Tier, Topology } from '../../model/topology/topology.ts';
import { replicatedBy } from '../local/tiers/replication/replication-plan.ts';
import type { Part } from './compose-file.ts';
import { databasesOf } from './databases.ts';
import { application, thirdParty, worker } from './services/application.ts';
import { balancer, edge, origin } from './services/nginx.ts';
import { singlePostgres } from './services/postgres.ts';
import { rabbitmq } from './services/rabbitmq.ts';
import { redis } from './services/redis.ts';
import { replicatedPostgres } from './services/replicated-postgres.ts';
import { seed } from './services/seed.ts';
import type { Rows } from './services/seed.ts';

/** The application's programs, by their path in its image. */
export interface Programs {
  readonly app: string;
  readonly seed: string;
  readonly worker: string | undefined;
  readonly thirdParties: string | undefined;
}

/** What a tier adds to a project. Throws a `StackError` for instances or settings that cannot be carried. */
export function partsOf(tier: Tier, topology: Topology, programs: Programs, rows: Rows): Part[] {
  switch (tier.kind) {
    case 'nginx':
      return [balancer(tier, topology)];
    case 'cdn':
      return [edge(tier, topology)];
    case 'object-store':
      return [origin(tier)];
    case 'express':
      return [application(tier, topology, programs.app)];
    case 'worker':
      return [worker(tier, topology, programs.worker ?? '')];
    case 'external':
      return [thirdParty(tier, topology, programs.thirdParties ?? '')];
    case 'redis':
      return [redis(tier, topology)];
    case 'rabbitmq':
      return [rabbitmq(tier)];
    case 'postgres':
      // Replicas are nodes of the database that they replicate.
      if (replicatedBy(tier) !== undefined) return [];
      return [...databaseParts(tier, topology), seed(tier, topology, programs.seed, rows)];
  }
}

function databaseParts(head: Tier, topology: Topology): Part[] {
  return databasesOf(head, topology).map((database) =>
    database.replicated === null
      ? singlePostgres(head, database, topology)
      : replicatedPostgres(head, database, database.replicated.plan, topology),
  );
}
