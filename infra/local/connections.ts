import type { LocalConfig } from './config.ts';
import { databaseAccess, databaseUrl, writtenDatabases } from './database-access.ts';
import { readManifest } from './manifest.ts';
import type { Manifest, ManifestProcess } from './manifest.ts';
import { portOffsets, processId } from './port-plan.ts';
import { readSecrets } from './secrets.ts';
import type { Secrets } from './secrets.ts';
import { amqpUrl, redisUrl } from './site.ts';
import { stackPaths } from './stack-paths.ts';
import { databasePorts } from './tiers/database-ports.ts';
import { bucketUrl, storeKindOfRole } from './tiers/object-store/object-store-access.ts';
import type { StoreKind } from './tiers/object-store/object-store-access.ts';
import { shardsOf } from './tiers/shards.ts';

/** Ways to the tiers of a stack past the load balancer, by process id. They hold passwords: never print them. */
export interface Connections {
  readonly postgres: Readonly<Record<string, string>>;
  readonly redis: Readonly<Record<string, string>>;
  readonly rabbitmq: Readonly<Record<string, string>>;
  /** The bucket of images with its key in the URL, and what it speaks; null without an object store. */
  readonly images: { readonly url: string; readonly kind: StoreKind } | null;
  /** Where the application writes to and reads from, by tier; of a tier with shards by shard, e.g. `database-2`. */
  readonly databases: Readonly<Record<string, { readonly write: string; readonly read: string }>>;
}

/** For a harness that reads back what was written. Null when the stack is not known. */
export function connectionsTo(config: LocalConfig, name: string): Connections | null {
  const paths = stackPaths(config.home, name);
  const manifest = readManifest(paths.manifest);
  const secrets = readSecrets(paths.secrets);
  if (manifest === null || secrets === null) return null;
  const urls = (role: string, url: (process: ManifestProcess) => string): Record<string, string> =>
    Object.fromEntries(
      manifest.processes.filter((process) => process.role === role).map((process) => [process.id, url(process)]),
    );
  return {
    postgres: urls('postgres', ({ tier, port }) => urlAt(tier, port, manifest, secrets)),
    redis: urls('redis', ({ port }) => redisUrl(secrets, port)),
    rabbitmq: urls('rabbitmq', ({ port }) => amqpUrl(secrets, port)),
    images: imagesOf(manifest, secrets),
    databases: databasesOf(manifest, secrets),
  };
}

function imagesOf({ processes }: Manifest, secrets: Secrets): Connections['images'] {
  const store = processes.find(({ role }) => storeKindOfRole(role) !== null);
  const kind = storeKindOfRole(store?.role ?? '');
  return store === undefined || kind === null ? null : { url: bucketUrl(secrets, store.port), kind };
}

function databasesOf({ topology, ports }: Manifest, secrets: Secrets): Connections['databases'] {
  const { offsets } = portOffsets(topology);
  const portAt = (id: string): number => ports.first + (offsets.get(id) ?? 0);
  const found = writtenDatabases(topology).flatMap((head) => {
    const url = (port: number): string => databaseUrl(databaseAccess(head, topology, secrets), port);
    return databasePorts(head, topology, portAt).map(({ shard, write, read }) => {
      const name = shardsOf(head) === 1 ? head.id : processId(head.id, shard);
      return [name, { write: url(write), read: url(read) }] as const;
    });
  });
  return Object.fromEntries(found);
}

function urlAt(id: string, port: number, { topology }: Manifest, secrets: Secrets): string {
  const tier = topology.tiers.find((each) => each.id === id);
  if (tier === undefined) throw new Error(`the topology has no tier \`${id}\``);
  return databaseUrl(databaseAccess(tier, topology, secrets), port);
}
