import type { LocalConfig } from './config.ts';
import { readManifest } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import { portOffsets, processId } from './port-plan.ts';
import { readSecrets } from './secrets.ts';
import type { Secrets } from './secrets.ts';
import { amqpUrl, databaseUrl, redisUrl } from './site.ts';
import { stackPaths } from './stack-paths.ts';
import { databasePorts } from './tiers/database-ports.ts';
import { replicatedBy } from './tiers/replication/replication-plan.ts';
import { shardsOf } from './tiers/shards.ts';

/** Ways to the tiers of a stack past the load balancer, by process id. They hold passwords: never print them. */
export interface Connections {
  readonly postgres: Readonly<Record<string, string>>;
  readonly redis: Readonly<Record<string, string>>;
  readonly rabbitmq: Readonly<Record<string, string>>;
  /** Where the application writes to and reads from, by tier; of a tier with shards by shard, e.g. `database-2`. */
  readonly databases: Readonly<Record<string, { readonly write: string; readonly read: string }>>;
}

/** For a harness that reads back what was written. Null when the stack is not known. */
export function connectionsTo(config: LocalConfig, name: string): Connections | null {
  const paths = stackPaths(config.home, name);
  const manifest = readManifest(paths.manifest);
  const secrets = readSecrets(paths.secrets);
  if (manifest === null || secrets === null) return null;
  const urls = (role: string, url: (port: number) => string): Record<string, string> =>
    Object.fromEntries(
      manifest.processes.filter((process) => process.role === role).map(({ id, port }) => [id, url(port)]),
    );
  return {
    postgres: urls('postgres', (port) => databaseUrl(secrets, port)),
    redis: urls('redis', (port) => redisUrl(secrets, port)),
    rabbitmq: urls('rabbitmq', (port) => amqpUrl(secrets, port)),
    databases: databasesOf(manifest, secrets),
  };
}

function databasesOf({ topology, ports }: Manifest, secrets: Secrets): Connections['databases'] {
  const { offsets } = portOffsets(topology);
  const portAt = (id: string): number => ports.first + (offsets.get(id) ?? 0);
  const url = (port: number): string => databaseUrl(secrets, port);
  const heads = topology.tiers.filter((tier) => tier.kind === 'postgres' && replicatedBy(tier) === undefined);
  const found = heads.flatMap((head) =>
    databasePorts(head, topology, portAt).map(({ shard, write, read }) => {
      const name = shardsOf(head) === 1 ? head.id : processId(head.id, shard);
      return [name, { write: url(write), read: url(read) }] as const;
    }),
  );
  return Object.fromEntries(found);
}
