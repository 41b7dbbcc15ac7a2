import { rmSync } from 'node:fs';
import type { Backend, DownReport } from '../backend.ts';
import { acquireLock } from './claim-lock.ts';
import { localConfig } from './config.ts';
import type { LocalConfig } from './config.ts';
import { connectionsTo } from './connections.ts';
import type { Connections } from './connections.ts';
import { stackNames, stackPaths } from './stack-paths.ts';
import { stackStatus } from './stack-status.ts';
import { startStack } from './start-stack.ts';
import { stopStack } from './stop-stack.ts';
import { assertPrograms, validateTopology } from './validate-topology.ts';

/** A backend that runs the servers as plain processes on 127.0.0.1. */
export interface LocalBackend extends Backend {
  /** With `purge` also what outlives a stack: data, logs, feeds and secrets. Nothing is purged while something is left. */
  down(name: string, options?: { readonly purge?: boolean }): Promise<DownReport>;
  /** Names of all stacks that have run here and were not purged; `status` tells which are up. */
  names(): string[];
  /** How to reach the tiers of a running stack past the load balancer; null when it is not up. Holds passwords. */
  connections(name: string): Connections | null;
}

/** State lives under `home` of the configuration, by default SHOP_PLAN_HOME or the user's state folder. */
export function createLocalBackend(given: Partial<LocalConfig> = {}): LocalBackend {
  const config = localConfig(given);
  return {
    check(topology) {
      assertPrograms(topology, config);
      validateTopology(topology);
    },
    up: (topology, options) => startStack(config, topology, options),
    down: (name, options) => takeDown(config, name, options?.purge === true),
    status: (name) => stackStatus(config, name),
    names: () => stackNames(config.home),
    connections: (name) => connectionsTo(config, name),
  };
}

async function takeDown(config: LocalConfig, name: string, purge: boolean): Promise<DownReport> {
  const paths = stackPaths(config.home, name);
  const lock = await acquireLock(paths.lock, `stack \`${name}\``);
  try {
    const report = await stopStack(config, name);
    if (purge && report.left.length === 0) rmSync(paths.dir, { recursive: true, force: true });
    return report;
  } finally {
    lock.release();
  }
}
