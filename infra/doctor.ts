import { existsSync, statfsSync } from 'node:fs';
import { availableParallelism, freemem, totalmem } from 'node:os';
import { dirname } from 'node:path';
import { localConfig } from './local/config.ts';
import type { LocalConfig } from './local/config.ts';
import { cleanLeftovers as clean, findLeftovers } from './local/leftovers.ts';
import { openFilesMax } from './local/open-files.ts';
import { ephemeralRange } from './local/ports.ts';
import { olderThan, tellsVersion, versionOf } from './local/program-versions.ts';
import { findProgram, installHelp, SERVER_PROGRAMS } from './local/programs.ts';
import type { ServerProgram } from './local/programs.ts';

/** One thing about this machine. */
export interface Fact {
  readonly name: string;
  readonly status: 'ok' | 'warning' | 'missing';
  readonly detail: string;
  /** What to do about it; empty when all is well. */
  readonly help: string;
}

const GIB = 1024 ** 3;
const NODE_MAJOR_MIN = 24;
const MEMORY_BYTES_MIN = 2 * GIB;
const DISK_BYTES_MIN = 2 * GIB;
const OPEN_FILES_MIN = 17_000;

/** What this machine has and lacks for a live stack, and what earlier stacks left behind. Changes nothing. */
export function examine(given: Partial<LocalConfig> = {}): Fact[] {
  const config = localConfig(given);
  return [
    nodeFact(),
    processorFact(),
    memoryFact(),
    ...SERVER_PROGRAMS.map((program) => programFact(program, config.programFolders)),
    objectStoreFact(config.programFolders),
    k6Fact(config.programFolders),
    diskFact(config.home),
    openFilesFact(),
    portsFact(config),
    ...leftoverFacts(config),
  ];
}

/**
 * Ends and removes what interrupted starts and stops left behind: processes, manifests, locks. Touches nothing that
 * is up or that somebody else started. Says what was cleaned and what could not be.
 */
export function cleanLeftovers(given: Partial<LocalConfig> = {}): Promise<{ cleaned: string[]; left: string[] }> {
  return clean(localConfig(given));
}

function nodeFact(): Fact {
  const enough = Number(process.versions.node.split('.')[0]) >= NODE_MAJOR_MIN;
  const detail = `${process.versions.node} at ${process.execPath}`;
  return fact(
    'node',
    enough,
    detail,
    `Node ${NODE_MAJOR_MIN} or newer is needed: start with \`npm start\`, which has its own`,
  );
}

function processorFact(): Fact {
  const cores = availableParallelism();
  return fact(
    'processor',
    cores >= 2,
    `${cores} cores`,
    'with one core, servers and load generator disturb each other',
  );
}

function memoryFact(): Fact {
  const enough = freemem() >= MEMORY_BYTES_MIN;
  return fact('memory', enough, `${gib(freemem())} of ${gib(totalmem())} free`, 'a stack needs about 2 GiB');
}

function programFact(program: ServerProgram, folders: readonly string[]): Fact {
  const path = findProgram(program, folders);
  if (path === null) return { name: program, status: 'missing', detail: 'not found', help: installHelp([program]) };
  if (!tellsVersion(program)) return fact(program, true, `at ${path}`, '');
  const version = versionOf(program, path);
  if (version === null) return fact(program, false, `${path} does not tell its version`, installHelp([program]));
  const oldest = olderThan(program, version);
  const help = `${oldest} is the oldest that will do: ${installHelp([program])}`;
  if (oldest === null) return fact(program, true, `${version} at ${path}`, '');
  return { name: program, status: 'missing', detail: `${version} at ${path}`, help };
}

function objectStoreFact(folders: readonly string[]): Fact {
  const path = findProgram('versitygw', folders);
  if (path !== null) return fact('versitygw', true, `at ${path}`, '');
  const detail = 'not found; an nginx stands in for the object store, without S3';
  return fact('versitygw', false, detail, installHelp(['versitygw']));
}

function k6Fact(folders: readonly string[]): Fact {
  const path = findProgram('k6', folders);
  if (path !== null) return fact('k6', true, `at ${path}`, '');
  return fact(
    'k6',
    false,
    'not found; `engine: k6` cannot be used, nothing else needs it',
    '`sh infra/install.sh --with-k6` builds it where Go is',
  );
}

function diskFact(home: string): Fact {
  let folder = home;
  while (!existsSync(folder)) folder = dirname(folder);
  const { bavail, bsize } = statfsSync(folder);
  const enough = bavail * bsize >= DISK_BYTES_MIN;
  return fact(
    'disk',
    enough,
    `${gib(bavail * bsize)} free for ${home}`,
    'free some, or set SHOP_PLAN_HOME to another disk',
  );
}

function openFilesFact(): Fact {
  const limit = openFilesMax();
  return fact(
    'open files',
    limit >= OPEN_FILES_MIN,
    `${limit} a process`,
    `raise the limit: \`ulimit -n ${OPEN_FILES_MIN}\``,
  );
}

function portsFact({ ports }: LocalConfig): Fact {
  const ephemeral = ephemeralRange();
  const enough = ephemeral.first > ports.first;
  const detail = `stacks use ${ports.first} to ${Math.min(ports.end, ephemeral.first) - 1}; the kernel's own are ${ephemeral.first} to ${ephemeral.last}`;
  return fact(
    'ports',
    enough,
    detail,
    `let the kernel's own begin higher: sysctl net.ipv4.ip_local_port_range="32768 60999"`,
  );
}

function leftoverFacts(config: LocalConfig): Fact[] {
  const leftovers = findLeftovers(config);
  if (leftovers.length === 0) return [fact('leftovers', true, 'none', '')];
  return leftovers.map(({ detail }) => fact('leftovers', false, detail, 'clean up: `shop-plan doctor`'));
}

function fact(name: string, well: boolean, detail: string, help: string): Fact {
  return { name, status: well ? 'ok' : 'warning', detail, help: well ? '' : help };
}

function gib(bytes: number): string {
  return `${(bytes / GIB).toFixed(1)} GiB`;
}
