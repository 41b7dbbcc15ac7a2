import { rmSync } from 'node:fs';
import type { Backend, DownReport, StackProcess, StackStatus } from '../backend.ts';
import { acquireLock } from './claim-lock.ts';
import { localConfig } from './config.ts';
import type { LocalConfig } from './config.ts';
import { connectionsTo } from './connections.ts';
import type { Connections } from './connections.ts';
import { deploy } from './deploy/deploy.ts';
import type { DeployOptions, DeployReport } from './deploy/deployment.ts';
import { finish, rollBack } from './deploy/end-deployment.ts';
import { workOnStack } from './deploy/stack-at-work.ts';
import { explainingFullDisk } from './full-disk.ts';
import { recipesOf } from './restart/recipe.ts';
import type { Recipe } from './restart/recipe.ts';
import { stackNames, stackPaths } from './stack-paths.ts';
import { processesNow, stackStatus } from './stack-status.ts';
import { startStack } from './start-stack.ts';
import { stopStack } from './stop-stack.ts';
import { assertPrograms, validateTopology } from './validate-topology.ts';

/** A backend that runs the servers as plain processes on 127.0.0.1. */
export interface LocalBackend extends Backend {
  /** With `purge` also what outlives a stack: data, logs, feeds and secrets. Nothing is purged while something is left. */
  down(name: string, options?: { readonly purge?: boolean }): Promise<DownReport>;
  /** Of `only` some processes, by their ids, when given. */
  status(name: string, only?: readonly string[]): Promise<StackStatus | null>;
  /** Names of all stacks that have run here and were not purged; `status` tells which are up. */
  names(): string[];
  /** The processes of a stack as they run now, which may not be those that were started with it; none when it is not known. */
  processes(name: string): readonly StackProcess[];
  /** What it takes to start processes again as they run now. Rejects with a `StackError` for one that is gone. Holds secrets. */
  recipes(name: string, ids: readonly string[]): readonly Recipe[];
  /** How to reach the tiers of a running stack past the load balancer; null when it is not up. Holds passwords. */
  connections(name: string): Connections | null;
  /**
   * Puts new instances of an application tier into the place of the old ones, without a request lost. The old ones run on
   * until one of the next two is called, or `down`. Rejects with a `StackError`, with the old ones back in service.
   */
  deploy(name: string, options: DeployOptions): Promise<DeployReport>;
  /** Puts the old instances back into service, and ends the new ones. */
  rollBack(name: string, options?: Attended): Promise<DeployReport>;
  /** Ends the old instances. */
  finishDeployment(name: string, options?: Attended): Promise<DeployReport>;
}

type Attended = Pick<DeployOptions, 'signal' | 'onProgress'>;

/** State lives under `home` of the configuration, by default SHOP_PLAN_HOME or the user's state folder. */
export function createLocalBackend(given: Partial<LocalConfig> = {}): LocalBackend {
  const config = localConfig(given);
  const explaining = <T>(work: () => Promise<T>): Promise<T> => explainingFullDisk(config.home, work);
  return {
    check(topology) {
      assertPrograms(topology, config);
      validateTopology(topology);
    },
    up: (topology, options) => explaining(() => startStack(config, topology, options)),
    down: (name, options) => explaining(() => takeDown(config, name, options?.purge === true)),
    status: (name, only) => stackStatus(config, name, only),
    names: () => stackNames(config.home),
    processes: (name) => processesNow(config, name),
    recipes: (name, ids) => recipesOf(config, name, ids),
    connections: (name) => connectionsTo(config, name),
    deploy: (name, options) => explaining(() => workOnStack(config, name, options, (site) => deploy(site, options))),
    rollBack: (name, options = {}) => explaining(() => workOnStack(config, name, options, rollBack)),
    finishDeployment: (name, options = {}) => explaining(() => workOnStack(config, name, options, finish)),
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
