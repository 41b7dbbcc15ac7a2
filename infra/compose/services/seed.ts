import type { Tier, Topology } from '../../../model/topology/topology.ts';
import type { Services } from '../../local/services.ts';
import { storeTier } from '../../local/tiers/object-store/object-store-access.ts';
import { databaseServers, databaseUrls } from '../databases.ts';
import { expressEnvironment } from '../application-environment.ts';
import type { ComposeService, Part } from '../compose-file.ts';
import { after, CONFINED, task } from '../container.ts';
import { BUILDS, IMAGES } from '../images.ts';
import { instancesOf, relationsOf } from '../relations.ts';
import { FEEDS_USER, reference } from '../variables.ts';

/** Rows that are loaded. */
export interface Rows {
  readonly seed: number;
  readonly products: number;
  readonly users: number;
}

/** Service that fills a database, and ends. */
export function seedTask({ id }: Tier): string {
  return `${id}-seed`;
}

/** The express tier that a database is filled as: the first that writes to it. Undefined when there is none. */
export function seededAs(head: Tier, topology: Topology): Tier | undefined {
  return topology.tiers.find((tier) => tier.kind === 'express' && relationsOf(tier, topology).database?.id === head.id);
}

/** Has the application's own seeder create the schema, load the rows and write the feeds; it skips what is there. */
export function seed(
  head: Tier,
  topology: Topology,
  entry: string,
  { seed, products, users }: Rows,
  services?: Services,
): Part {
  const tier = seededAs(head, topology);
  if (tier === undefined) return { services: {} };
  const store = storeTier(topology);
  const numbers = { products, users, seed };
  const service: ComposeService = {
    image: IMAGES.application,
    build: BUILDS.application,
    ...task({ tier: { ...head, settings: {} }, role: 'seed', memory_mb: 1_024 }),
    ...CONFINED,
    user: reference(FEEDS_USER),
    command: [
      'node',
      entry,
      ...Object.entries(numbers).flatMap(([name, value]) => [`--${name}`, String(value)]),
      '--feeds',
      '/feeds',
    ],
    environment: {
      NODE_ENV: 'production',
      ...withoutThirdParties(expressEnvironment(tier, topology, services)),
      DATABASE_URL: databaseUrls(head, topology, 'write'),
    },
    depends_on: after([...databaseServers(head, topology), ...(store ? instancesOf(store) : [])], 'service_healthy'),
    volumes: ['./feeds:/feeds'],
    networks: ['back'],
  };
  return { services: { [seedTask(head)]: service } };
}

/** It calls nobody. */
function withoutThirdParties(environment: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => name !== 'THIRD_PARTY_URL'));
}
