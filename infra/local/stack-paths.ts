import { chmodSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StackError } from '../backend.ts';
import { hasCode } from './error-code.ts';

/** The folders and files of one stack. */
export interface StackPaths {
  readonly dir: string;
  readonly manifest: string;
  readonly secrets: string;
  readonly data: string;
  readonly logs: string;
  readonly run: string;
  readonly feeds: string;
  /** Lies outside of `dir`, so that the folder can be removed while the lock is held. */
  readonly lock: string;
}

/** Throws a `StackError` for a name that would not be one plain folder. */
export function stackPaths(home: string, name: string): StackPaths {
  if (!/^[a-z0-9][a-z0-9-]{0,31}$/.test(name)) {
    throw new StackError(
      `\`${name}\` cannot name a stack`,
      'use up to 32 lower-case letters, digits and hyphens, starting with a letter or digit',
    );
  }
  const dir = join(home, 'stacks', name);
  return {
    dir,
    manifest: join(dir, 'manifest.json'),
    secrets: join(dir, 'secrets.json'),
    data: join(dir, 'data'),
    logs: join(dir, 'logs'),
    run: join(dir, 'run'),
    feeds: join(dir, 'feeds'),
    lock: join(home, 'locks', `stack-${name}`),
  };
}

/** Lock for choosing ports, one a home. */
export function portsLock(home: string): string {
  return join(home, 'locks', 'ports');
}

/** Names of all stacks with a folder, running or not. */
export function stackNames(home: string): string[] {
  return readNames(join(home, 'stacks'));
}

/** Names in a folder; none when it does not exist. */
export function readNames(folder: string): string[] {
  try {
    return readdirSync(folder).toSorted();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}

/**
 * Makes the stack's folders. Servers run under other accounts than the starter's, so they may pass through (mode 711)
 * but list nothing; what they own is theirs alone (see `own`). Folders above the home are never touched.
 */
export function makeStackFolders(home: string, paths: StackPaths): void {
  for (const folder of [
    home,
    join(home, 'stacks'),
    paths.dir,
    dirname(paths.data),
    paths.data,
    paths.logs,
    paths.run,
  ]) {
    const made = mkdirSync(folder, { recursive: true });
    if (made !== undefined) chmodSync(folder, 0o711);
  }
}
