import type { LocalConfig } from './config.ts';
import { databaseAccess, databaseUrl, writtenDatabases } from './database-access.ts';
import { readManifest } from './manifest.ts';
import type { Manifest, ManifestProcess } from './manifest.ts';
import { readSecrets } from './secrets.ts';
import type { Secrets } from './secrets.ts';
import { amqpUrl, redisUrl } from './site.ts';
import { stackPaths } from './stack-paths.ts';

/** Ways to the tiers of a stack past the load balancer, by process id. They hold passwords: never print them. */
export interface Connections {
  readonly postgres: Readonly<Record<string, string>>;
  readonly redis: Readonly<Record<string, string>>;
  readonly rabbitmq: Readonly<Record<string, string>>;
  /** Where the application writes to and reads from, by the tier that is written to. */
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
    databases: databasesOf(manifest, secrets),
  };
}

function databasesOf(manifest: Manifest, secrets: Secrets): Connections['databases'] {
  const ways = writtenDatabases(manifest.topology).flatMap(({ id }) => {
    const own = manifest.processes.filter(({ tier }) => tier === id);
    const proxy = own.find(({ role }) => role === 'haproxy');
    const entry = proxy ?? own.find(({ role }) => role === 'postgres');
    if (entry === undefined) return [];
    const url = (port: number): string => urlAt(id, port, manifest, secrets);
    return [[id, { write: url(entry.port), read: url(proxy === undefined ? entry.port : entry.port + 1) }] as const];
  });
  return Object.fromEntries(ways);
}

function urlAt(id: string, port: number, { topology }: Manifest, secrets: Secrets): string {
  const tier = topology.tiers.find((each) => each.id === id);
  if (tier === undefined) throw new Error(`the topology has no tier \`${id}\``);
  return databaseUrl(databaseAccess(tier, topology, secrets), port);
}
