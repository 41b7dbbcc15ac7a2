import { availableParallelism } from 'node:os';
import { StackError } from '../../backend.ts';
import { applicationOf } from '../applications.ts';
import { acquireLock } from '../claim-lock.ts';
import type { LocalConfig } from '../config.ts';
import { bootId } from '../identity.ts';
import { ManifestBook, readManifest } from '../manifest.ts';
import { stackSecrets } from '../secrets.ts';
import type { Site } from '../site.ts';
import { stackPaths } from '../stack-paths.ts';
import { turns } from '../turns.ts';

interface Attendance {
  readonly signal?: AbortSignal;
  readonly onProgress?: (message: string) => void;
}

/**
 * Works on a stack that is up, which nobody else starts, stops or deploys to meanwhile. Rejects with a `StackError` when it
 * is not up, or when somebody does.
 */
export async function workOnStack<T>(
  config: LocalConfig,
  name: string,
  { signal, onProgress }: Attendance,
  work: (site: Site) => Promise<T>,
): Promise<T> {
  const paths = stackPaths(config.home, name);
  const lock = await acquireLock(paths.lock, `stack \`${name}\``);
  try {
    const manifest = readManifest(paths.manifest);
    if (manifest?.state !== 'ready' || manifest.boot_id !== bootId()) {
      throw new StackError(`no stack \`${name}\` is up`, 'start one: `shop-plan up --step 2`');
    }
    return await work({
      config,
      paths,
      topology: manifest.topology,
      application: applicationOf(manifest.topology, config),
      secrets: stackSecrets(paths.secrets),
      // Nothing but the application's own programs is started anew.
      programs: new Map(),
      book: new ManifestBook(paths.manifest, manifest),
      signal: signal ?? new AbortController().signal,
      progress: onProgress ?? (() => undefined),
      inTurn: turns(availableParallelism()),
    });
  } finally {
    lock.release();
  }
}
