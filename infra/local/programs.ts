import { accessSync, constants, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { StackError } from '../backend.ts';
import { hasCode } from './error-code.ts';
import { assertVersions } from './program-versions.ts';

/** The Debian package that brings each program. */
const PACKAGES = {
  postgres: 'postgresql',
  initdb: 'postgresql',
  'redis-server': 'redis-server',
  nginx: 'nginx',
  haproxy: 'haproxy',
  patroni: 'patroni',
  etcd: 'etcd-server',
  'rabbitmq-server': 'rabbitmq-server',
  erl: 'rabbitmq-server',
  epmd: 'rabbitmq-server',
} as const satisfies Readonly<Record<string, string>>;

type PackagedProgram = keyof typeof PACKAGES;
export type ServerProgram = PackagedProgram | (typeof OPTIONAL_PROGRAMS)[number];

/** Every server program that some tier needs. */
export const SERVER_PROGRAMS = Object.keys(PACKAGES).filter((name): name is PackagedProgram => name in PACKAGES);

/** Programs that are no package and that nothing depends on: `infra/install.sh` builds them where it can. */
export const OPTIONAL_PROGRAMS = ['versitygw', 'k6'] as const;

/** Oldest PostgreSQL whose settings and statistics we rely on. */
const POSTGRES_MAJOR_MIN = 15;

/**
 * Folders to search, best first. Distributions keep PostgreSQL's programs off PATH, in one folder a major version;
 * the newest comes first, so that `initdb` and `postgres` are always of the same version. RabbitMQ's `sbin` comes
 * before PATH, where a wrapper insists on the system's own account and folders.
 */
export function programFolders(path: string): string[] {
  const versioned = [
    ...versionFolders('/usr/lib/postgresql', /^(\d+)$/, 'bin'),
    ...versionFolders('/usr', /^pgsql-(\d+)$/, 'bin'),
    ...brokerFolders('/usr/lib/rabbitmq/lib'),
  ];
  return [...new Set([...versioned, ...path.split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin'])].filter(
    (folder) => folder !== '',
  );
}

/**
 * Full path of a program, or null when no folder has it. Symbolic links stay: `redis-server` is one to a program that
 * acts by the name it is called with.
 */
export function findProgram(program: string, folders: readonly string[]): string | null {
  for (const folder of folders) {
    const path = join(folder, program);
    if (isExecutable(path)) return path;
  }
  return null;
}

/**
 * Paths of all programs asked for. Throws one `StackError` that names every missing one and the command to get them, or
 * every one that is too old.
 */
export function requirePrograms(
  programs: readonly ServerProgram[],
  folders: readonly string[],
): ReadonlyMap<ServerProgram, string> {
  const found = new Map<ServerProgram, string>();
  const missing: ServerProgram[] = [];
  for (const program of new Set(programs)) {
    const path = findProgram(program, folders);
    if (path === null) missing.push(program);
    else found.set(program, path);
  }
  if (missing.length > 0) {
    const names = missing.map((program) => `\`${program}\``).join(', ');
    throw new StackError(`missing on this machine: ${names}`, installHelp(missing));
  }
  assertVersions(found);
  return found;
}

/** Paths of those of the programs that this machine has. */
export function presentPrograms(
  programs: readonly ServerProgram[],
  folders: readonly string[],
): ReadonlyMap<ServerProgram, string> {
  return new Map(
    programs.flatMap((program): [ServerProgram, string][] => {
      const path = findProgram(program, folders);
      return path === null ? [] : [[program, path]];
    }),
  );
}

/** The command that brings the missing programs, e.g. `apt-get install nginx`. */
export function installHelp(missing: readonly ServerProgram[]): string {
  const packages = [...new Set(missing.flatMap((program) => (isPackaged(program) ? [PACKAGES[program]] : [])))];
  if (packages.length === 0) return 'run `sh infra/install.sh` where Go is installed';
  return `run \`sh infra/install.sh\`, or \`apt-get install ${packages.join(' ')}\` (PostgreSQL ${POSTGRES_MAJOR_MIN} or newer)`;
}

function isPackaged(program: ServerProgram): program is PackagedProgram {
  return program in PACKAGES;
}

function versionFolders(parent: string, pattern: RegExp, below: string): string[] {
  return readFolder(parent)
    .map((name) => ({ name, major: Number(pattern.exec(name)?.[1] ?? 0) }))
    .filter(({ major }) => major >= POSTGRES_MAJOR_MIN)
    .toSorted((a, b) => b.major - a.major)
    .map(({ name }) => join(parent, name, below));
}

function brokerFolders(parent: string): string[] {
  return readFolder(parent)
    .filter((name) => name.startsWith('rabbitmq_server-'))
    .toSorted()
    .map((name) => join(parent, name, 'sbin'));
}

function readFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'EACCES', 'ENOTDIR')) return [];
    throw error;
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'EACCES', 'ENOTDIR', 'ELOOP')) return false;
    throw error;
  }
}
