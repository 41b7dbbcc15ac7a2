import type { LocalConfig } from './config.ts';
import { readManifest } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import { readSecrets } from './secrets.ts';
import type { Secrets } from './secrets.ts';
import { amqpUrl, databaseUrl, redisUrl } from './site.ts';
import { stackPaths } from './stack-paths.ts';
import { bucketUrl, storeKindOfRole } from './tiers/object-store/object-store-access.ts';
import type { StoreKind } from './tiers/object-store/object-store-access.ts';

/** Ways to the tiers of a stack past the load balancer, by process id. They hold passwords: never print them. */
export interface Connections {
  readonly postgres: Readonly<Record<string, string>>;
  readonly redis: Readonly<Record<string, string>>;
  readonly rabbitmq: Readonly<Record<string, string>>;
  /** The bucket of images with its key in the URL, and what it speaks; null without an object store. */
  readonly images: { readonly url: string; readonly kind: StoreKind } | null;
  /** Where the application writes to and reads from; null for a stack without a database. */
  readonly database: { readonly write: string; readonly read: string } | null;
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
    images: imagesOf(manifest, secrets),
    database: databaseOf(manifest, secrets),
  };
}

function imagesOf({ processes }: Manifest, secrets: Secrets): Connections['images'] {
  const store = processes.find(({ role }) => storeKindOfRole(role) !== null);
  const kind = storeKindOfRole(store?.role ?? '');
  return store === undefined || kind === null ? null : { url: bucketUrl(secrets, store.port), kind };
}

function databaseOf({ processes }: Manifest, secrets: Secrets): Connections['database'] {
  const proxy = processes.find(({ role }) => role === 'haproxy');
  const entry = proxy ?? processes.find(({ role }) => role === 'postgres');
  if (entry === undefined) return null;
  const url = (port: number): string => databaseUrl(secrets, port);
  return { write: url(entry.port), read: url(proxy === undefined ? entry.port : entry.port + 1) };
}
