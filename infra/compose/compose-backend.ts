import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Topology } from '../../model/topology/topology.ts';
import { StackError } from '../backend.ts';
import type { Backend, DownReport, Stack, StackStatus, UpOptions } from '../backend.ts';
import { applicationOf } from '../local/applications.ts';
import { acquireLock } from '../local/claim-lock.ts';
import { localConfig } from '../local/config.ts';
import type { LocalConfig } from '../local/config.ts';
import { findBlock } from '../local/ports.ts';
import { stackPaths } from '../local/stack-paths.ts';
import { problemOf } from '../local/until.ts';
import { compose, requireEngine } from './docker.ts';
import type { Docker } from './docker.ts';
import { composeProject } from './project.ts';
import type { Project } from './project.ts';
import { readContainers, readStack, recordStack, stackOf, statusOf } from './running.ts';
import type { Composed, ComposeContainer } from './running.ts';
import { readEnvironment, SECRETS } from './variables.ts';
import { writeProject } from './write-project.ts';

/** Images are built and databases filled within it, also on a slow machine. */
const START_S = 900;

/** A backend that runs the servers in containers, by Docker Compose. */
export interface ComposeBackend extends Backend {
  /** With `purge` also volumes, feeds and secrets. */
  down(name: string, options?: { readonly purge?: boolean }): Promise<DownReport>;
  /** The last lines that a container wrote. */
  logs(name: string, id: string, lines: number): Promise<string>;
}

export interface ComposeConfig {
  readonly local: LocalConfig;
  readonly docker: Docker;
}

/** Projects lie below `compose/` in the home of the local backend. */
export function createComposeBackend(given: Partial<ComposeConfig> = {}): ComposeBackend {
  const config: ComposeConfig = { local: localConfig(), docker: 'docker', ...given };
  return {
    check(topology) {
      composeProject(topology, { seed: 0, products: 1, users: 1 }, config.local);
    },
    up: (topology, options) => up(config, topology, options),
    down: (name, options) => down(config, name, options?.purge === true),
    status: (name) => status(config, name),
    logs: (name, id, lines) =>
      compose(config.docker, folderOf(config, name), ['logs', '--no-log-prefix', '--tail', String(lines), id]),
  };
}

async function up(config: ComposeConfig, topology: Topology, options: UpOptions): Promise<Stack> {
  if (options.links?.length) throw new StackError('containers have no links', 'start it without `--backend compose`');
  const project = composeProject(topology, options, config.local);
  await requireEngine(config.docker);
  return await locked(config, options.name, async () => {
    const folder = folderOf(config, options.name);
    await assertDown(config, options.name);
    const stack = await prepare(config, topology, project, options);
    try {
      await start(config, topology, stack, options);
    } catch (error) {
      throw await tearDown(config, folder, options, error);
    }
    return stackOf(stack);
  });
}

/** Takes everything down again and returns the error to throw. */
async function tearDown(
  { docker }: ComposeConfig,
  folder: string,
  { name, signal }: UpOptions,
  cause: unknown,
): Promise<Error> {
  const failure = await problemOf(() => compose(docker, folder, ['down', '--remove-orphans']));
  const remains = failure === null ? '' : `; its containers may still be there: ${failure}`;
  if (signal?.aborted === true) return new StackError(`the start of \`${name}\` was interrupted${remains}`);
  if (cause instanceof StackError) return new StackError(`${cause.message}${remains}`, cause.help);
  return cause instanceof Error ? cause : new Error(String(cause));
}

/** Writes the project, on ports that are free now. */
async function prepare(
  config: ComposeConfig,
  topology: Topology,
  project: Project,
  { name }: UpOptions,
): Promise<Composed> {
  const folder = folderOf(config, name);
  const { first } = await findBlock(2, config.local.ports, []);
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o711);
  writeProject(project, topology, { folder, name: projectName(name), entry_port: first, cdn_port: first + 1 });
  return recordStack(folder, topology, project, { name, base_url: `http://127.0.0.1:${first}` });
}

async function start(config: ComposeConfig, topology: Topology, stack: Composed, options: UpOptions): Promise<void> {
  const folder = folderOf(config, stack.name);
  const count = Object.keys(stack.services).length;
  options.onProgress?.(`building images and starting ${count} containers; the first time takes minutes`);
  const args = ['up', '--detach', '--build', '--wait', '--wait-timeout', String(START_S)];
  await compose(config.docker, folder, args, options.signal);
  options.onProgress?.('writing and reading back through every tier');
  const secrets = new Map(readEnvironment(readFileSync(join(folder, '.env'), 'utf8')));
  const password = secrets.get(SECRETS.probe_user) ?? '';
  await applicationOf(topology, config.local).roundTrip(stack.base_url, stack.name, password, options.signal);
}

async function down(config: ComposeConfig, name: string, purge: boolean): Promise<DownReport> {
  const folder = folderOf(config, name);
  if (!existsSync(join(folder, 'compose.yaml'))) return { stopped: [], left: [] };
  await requireEngine(config.docker);
  return await locked(config, name, async () => {
    const stopped = running(await containersOf(config, folder));
    await compose(config.docker, folder, ['down', '--remove-orphans', ...(purge ? ['--volumes'] : [])]);
    const left = running(await containersOf(config, folder));
    if (left.length === 0) rmSync(purge ? folder : join(folder, 'stack.json'), { recursive: true, force: true });
    return { stopped, left };
  });
}

async function status(config: ComposeConfig, name: string): Promise<StackStatus | null> {
  const folder = folderOf(config, name);
  const stack = readStack(folder);
  if (stack === null) return null;
  await requireEngine(config.docker);
  return statusOf(stack, await containersOf(config, folder));
}

async function assertDown(config: ComposeConfig, name: string): Promise<void> {
  const before = readStack(folderOf(config, name));
  if (before === null) return;
  const left = running(await containersOf(config, folderOf(config, name)));
  if (left.length === 0) return;
  throw new StackError(
    `stack \`${name}\` is already up (step ${before.step}, ${before.base_url})`,
    `take it down first: \`shop-plan down --backend compose --name ${name}\``,
  );
}

async function containersOf({ docker }: ComposeConfig, folder: string): Promise<ComposeContainer[]> {
  return readContainers(await compose(docker, folder, ['ps', '--all', '--format', 'json']));
}

function running(containers: readonly ComposeContainer[]): string[] {
  return containers.filter(({ State }) => State === 'running').map(({ Service }) => Service);
}

async function locked<T>({ local }: ComposeConfig, name: string, work: () => Promise<T>): Promise<T> {
  const lock = await acquireLock(join(local.home, 'locks', `compose-${name}`), `stack \`${name}\` in containers`);
  try {
    return await work();
  } finally {
    lock.release();
  }
}

/** Throws a `StackError` for a name that would not be one plain folder. */
function folderOf({ local }: ComposeConfig, name: string): string {
  stackPaths(local.home, name);
  return join(local.home, 'compose', name);
}

/** What Compose calls the project: its containers, networks and volumes begin with it. */
export function projectName(name: string): string {
  return `shop-plan-${name}`;
}
