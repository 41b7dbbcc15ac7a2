import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Topology } from '../../model/topology/topology.ts';
import { StackError } from '../backend.ts';
import type { Stack, UpOptions } from '../backend.ts';
import { acquireLock } from './claim-lock.ts';
import { applicationOf } from './applications.ts';
import type { LocalConfig } from './config.ts';
import { bootId, isAlive } from './identity.ts';
import { isAbandoned } from './leftovers.ts';
import { readManifest, stackOf } from './manifest.ts';
import type { ManifestBook } from './manifest.ts';
import { openManifest } from './open-manifest.ts';
import { PortTakenError } from './port-taken.ts';
import type { PortBlock } from './ports.ts';
import { presentPrograms, requirePrograms } from './programs.ts';
import type { ServerProgram } from './programs.ts';
import { stackSecrets } from './secrets.ts';
import { makeStackFolders, stackPaths } from './stack-paths.ts';
import type { StackPaths } from './stack-paths.ts';
import { successorOf } from './successor.ts';
import { startTiers } from './start-tiers.ts';
import { stopStack } from './stop-stack.ts';
import { driverOf } from './tiers/drivers.ts';
import { turns } from './turns.ts';
import { assertPrograms, validateTopology } from './validate-topology.ts';

const PORT_ATTEMPTS = 4;

/** See `Backend.up`. What an earlier, interrupted start of the same stack left behind is cleaned up first. */
export async function startStack(config: LocalConfig, given: Topology, options: UpOptions): Promise<Stack> {
  const topology = options.links?.length ? { ...given, links: options.links } : given;
  assertPrograms(topology, config);
  validateTopology(topology);
  const programs = findPrograms(config, topology);
  const paths = withDataOf(topology, stackPaths(config.home, options.name));
  const lock = await acquireLock(paths.lock, `stack \`${options.name}\``);
  try {
    await clearRemains(config, options, paths);
    makeStackFolders(config.home, paths);
    return await startOnFreePorts({ config, topology, options, programs, paths });
  } finally {
    lock.release();
  }
}

/** Two applications may take the same name one after the other; neither can do anything with the other's data. */
function withDataOf({ application = 'unnamed' }: Topology, paths: StackPaths): StackPaths {
  return { ...paths, data: join(paths.data, application) };
}

/** Throws a `StackError` that names every server program that is missing or too old. */
export function findPrograms({ programFolders }: LocalConfig, { tiers, ...topology }: Topology): Job['programs'] {
  const drivers = tiers.map((tier) => ({ tier, driver: driverOf(tier.kind) }));
  const needed = drivers.flatMap(({ tier, driver }) => driver.programs(tier, { ...topology, tiers }));
  const preferred = drivers.flatMap(({ driver }) => driver.preferred ?? []);
  return new Map([...requirePrograms(needed, programFolders), ...presentPrograms(preferred, programFolders)]);
}

interface Job {
  readonly config: LocalConfig;
  readonly topology: Topology;
  readonly options: UpOptions;
  readonly programs: ReadonlyMap<ServerProgram, string>;
  readonly paths: StackPaths;
}

async function clearRemains(config: LocalConfig, options: UpOptions, paths: StackPaths): Promise<void> {
  const before = readManifest(paths.manifest);
  if (
    before?.state === 'ready' &&
    before.boot_id === bootId() &&
    before.processes.map(successorOf).every(isAlive) &&
    !isAbandoned(before)
  ) {
    throw new StackError(
      `stack \`${options.name}\` is already up (step ${before.topology.step}, ${before.base_url})`,
      `take it down first: \`shop-plan down --name ${options.name}\``,
    );
  }
  if (before !== null) options.onProgress?.(`cleaning up what an earlier start of \`${options.name}\` left behind`);
  const { left } = await stopStack(config, options.name);
  if (left.length > 0) throw new StackError(`remains of \`${options.name}\` would not go: ${left.join('; ')}`);
}

async function startOnFreePorts(job: Job): Promise<Stack> {
  const avoid: PortBlock[] = [];
  for (let attempt = 1; ; attempt += 1) {
    const book = await openManifest(job.config, job.topology, job.options, avoid);
    try {
      return await startOnce(job, book);
    } catch (error) {
      const failure = await tearDown(job, error);
      if (!(error instanceof PortTakenError) || attempt === PORT_ATTEMPTS) throw failure;
      job.options.onProgress?.('a port was taken meanwhile; trying another block');
      avoid.push(book.current.ports);
    }
  }
}

async function startOnce({ config, topology, options, programs, paths }: Job, book: ManifestBook): Promise<Stack> {
  const progress = options.onProgress ?? (() => undefined);
  const secrets = stackSecrets(paths.secrets);
  const application = applicationOf(topology, config);
  const inTurn = turns(availableParallelism());
  const site = { config, paths, topology, application, secrets, programs, book, progress, inTurn };
  await startTiers(site, options.signal);
  progress('writing and reading back through every tier');
  await application.roundTrip(book.current.base_url, options.name, secrets.probe_user, options.signal);
  options.signal?.throwIfAborted();
  book.update({ state: 'ready' });
  return stackOf(book.current);
}

/** Takes everything down again and returns the error to throw. */
async function tearDown({ config, options }: Job, cause: unknown): Promise<Error> {
  const { left } = await stopStack(config, options.name);
  const remains = left.length === 0 ? '' : `; could not end: ${left.join('; ')}`;
  if (options.signal?.aborted === true) {
    return new StackError(`the start of \`${options.name}\` was interrupted${remains}`);
  }
  if (cause instanceof StackError) {
    return remains === '' ? cause : new StackError(`${cause.message}${remains}`, cause.help);
  }
  return cause instanceof Error ? cause : new Error(String(cause));
}
