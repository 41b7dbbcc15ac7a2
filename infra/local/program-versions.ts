import { spawnSync } from 'node:child_process';
import { StackError } from '../backend.ts';
import type { ServerProgram } from './programs.ts';

/** Oldest versions whose settings and behaviour we rely on. */
const OLDEST: Readonly<Partial<Record<ServerProgram, string>>> = {
  postgres: '15',
  initdb: '15',
  'redis-server': '6.2',
  nginx: '1.18',
  haproxy: '2.2',
  patroni: '2.0',
  etcd: '3.4',
};
/** How a program tells its version, where it is not by `--version`. Some say it on standard error. */
const OPTIONS: Readonly<Partial<Record<ServerProgram, string>>> = { nginx: '-v', haproxy: '-v' };
/** Programs that have no way to tell: their version is that of what needs them. */
const MUTE: ReadonlySet<ServerProgram> = new Set(['rabbitmq-server', 'erl', 'epmd']);
/** Takes Python half a second to tell, or several on a busy machine, so only `doctor` asks. */
const SLOW: ReadonlySet<ServerProgram> = new Set(['patroni']);

/** Whether a program can be asked for its version. */
export function tellsVersion(program: ServerProgram): boolean {
  return !MUTE.has(program);
}

/** What a program says its version is, such as `15.4`; null when it does not say. */
export function versionOf(program: ServerProgram, path: string): string | null {
  const { stdout, stderr, status } = spawnSync(path, [OPTIONS[program] ?? '--version'], { encoding: 'utf8' });
  return (status === 0 ? /\d+(?:\.\d+)+/.exec(`${stdout}${stderr}`)?.[0] : undefined) ?? null;
}

/** The version that is needed, when this one is older; null when it will do. */
export function olderThan(program: ServerProgram, version: string): string | null {
  const oldest = OLDEST[program];
  return oldest !== undefined && compare(version, oldest) < 0 ? oldest : null;
}

/** Throws one `StackError` that names every program which is too old, or does not tell how old it is. */
export function assertVersions(found: ReadonlyMap<ServerProgram, string>): void {
  const problems = [...found].flatMap(([program, path]) => problemOf(program, path));
  if (problems.length === 0) return;
  throw new StackError(
    problems.join('; '),
    'install newer ones, or take the folder off PATH: `shop-plan doctor` shows all',
  );
}

function problemOf(program: ServerProgram, path: string): string[] {
  if (MUTE.has(program) || SLOW.has(program)) return [];
  const version = versionOf(program, path);
  if (version === null) return [`${path} does not tell its version`];
  const oldest = olderThan(program, version);
  return oldest === null ? [] : [`${path} is version ${version}, and ${oldest} is the oldest that will do`];
}

function compare(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  const differing = (left ?? []).findIndex((part, index) => part !== (right?.[index] ?? 0));
  return differing < 0 ? 0 : (left?.[differing] ?? 0) - (right?.[differing] ?? 0);
}
