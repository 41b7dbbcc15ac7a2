import type { Tier, Topology } from '../../model/topology/topology.ts';
import type { Services } from '../local/services.ts';
import { replicatedBy, replicationPlan } from '../local/tiers/replication/replication-plan.ts';
import type { Part } from './compose-file.ts';
import { instancesOf } from './relations.ts';
import { application, thirdParty, worker } from './services/application.ts';
import { edge, origin } from './services/images.ts';
import { balancer } from './services/nginx.ts';
import { singlePostgres } from './services/postgres.ts';
import { rabbitmq } from './services/rabbitmq.ts';
import { redis } from './services/redis.ts';
import { replicatedPostgres } from './services/replicated-postgres.ts';
import { seed } from './services/seed.ts';
import type { Rows } from './services/seed.ts';

/** The application: its programs, by their path in its image, and the services it can be divided into. */
export interface Programs {
  readonly app: string;
  readonly seed: string;
  readonly worker: string | undefined;
  readonly thirdParties: string | undefined;
  readonly services: Services | undefined;
}

/** What a tier adds to a project. Throws a `StackError` for instances or settings that cannot be carried. */
export function partsOf(tier: Tier, topology: Topology, programs: Programs, rows: Rows): Part[] {
  switch (tier.kind) {
    case 'nginx':
      return [balancer(tier, topology, programs.services)];
    case 'cdn':
      return [edge(tier, topology)];
    case 'object-store':
      return [origin(tier)];
    case 'express':
      return [application(tier, topology, programs.app, programs.services)];
    case 'worker':
      return [worker(tier, topology, programs.worker ?? '', programs.services)];
    case 'external':
      return [thirdParty(tier, topology, programs.thirdParties ?? '')];
    case 'redis':
      return [redis(tier, topology)];
    case 'rabbitmq':
      return [rabbitmq(tier)];
    case 'postgres':
      // Replicas are nodes of the database that they replicate.
      if (replicatedBy(tier) !== undefined) return [];
      return [...databaseParts(tier, topology), seed(tier, topology, programs.seed, rows, programs.services)];
  }
}

function databaseParts(head: Tier, topology: Topology): Part[] {
  const plan = replicationPlan(head, topology);
  if (plan !== null) return [replicatedPostgres(head, plan, topology)];
  return instancesOf(head).map((id) => singlePostgres(head, id, topology));
}
