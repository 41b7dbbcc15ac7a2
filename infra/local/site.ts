import type { Topology } from '../../model/topology/topology.ts';
import type { Application } from './applications.ts';
import type { LocalConfig } from './config.ts';
import type { ManifestBook } from './manifest.ts';
import { stackEnvironment } from './marks.ts';
import { portOffsets, processId } from './port-plan.ts';
import type { ServerProgram } from './programs.ts';
import type { Secrets } from './secrets.ts';
import type { StackPaths } from './stack-paths.ts';
import type { Turns } from './turns.ts';

/** What every tier needs to know while one stack is being started. */
export interface Site {
  readonly config: LocalConfig;
  readonly paths: StackPaths;
  readonly topology: Topology;
  readonly application: Application;
  readonly secrets: Secrets;
  readonly programs: ReadonlyMap<ServerProgram, string>;
  readonly book: ManifestBook;
  /** Aborted when the user interrupts or another tier fails. */
  readonly signal: AbortSignal;
  readonly progress: (message: string) => void;
  /** For what keeps a core busy, so that no more of it runs at a time than there are cores. */
  readonly inTurn: Turns;
}

/** First port of the n-th instance (from 1) of a tier. */
export function portOf(site: Site, tier: string, instance = 1): number {
  return portAt(site, processId(tier, instance));
}

/** First port of a process. */
export function portAt({ topology, book }: Site, id: string): number {
  const offset = portOffsets(topology).offsets.get(id);
  if (offset === undefined) throw new Error(`the topology has no process \`${id}\``);
  return book.current.ports.first + offset;
}

/** The marked environment that a process of this stack starts from. */
export function environmentOf(site: Site, home: string): Record<string, string> {
  const { name, id } = site.book.current;
  return stackEnvironment(site.config, name, id, home);
}

/** Full path of a program that was found before the start began. */
export function programOf(site: Site, program: ServerProgram): string {
  const path = site.programs.get(program);
  if (path === undefined) throw new Error(`\`${program}\` was not looked for`);
  return path;
}

/** Where the application reaches one node of the broker; the virtual host is `/`. */
export function amqpUrl(secrets: Secrets, port: number): string {
  return `amqp://shop:${secrets.rabbitmq}@127.0.0.1:${port}`;
}

/** Where the application reaches one Redis. */
export function redisUrl(secrets: Secrets, port: number): string {
  return `redis://:${secrets.redis}@127.0.0.1:${port}`;
}
