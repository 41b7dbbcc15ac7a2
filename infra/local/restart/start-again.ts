import { acquireLock } from '../claim-lock.ts';
import { bootId, isAlive } from '../identity.ts';
import { launch } from '../launch.ts';
import { ManifestBook, readManifest } from '../manifest.ts';
import { stackPaths } from '../stack-paths.ts';
import type { Recipe } from './recipe.ts';

/** Somebody else may be starting another process of the stack again. */
const LOCK_WAIT_MS = 30_000;

/**
 * Starts processes of a stack again and writes them into its manifest; resolves when they run, not when they are ready. What runs already, and
 * what belongs to a stack that is going down or is gone, is left alone.
 * @throws StackError when somebody holds the stack's lock for too long.
 */
export async function startAgain(recipes: readonly Recipe[]): Promise<void> {
  const [first] = recipes;
  if (first === undefined) return;
  const paths = stackPaths(first.home, first.stack);
  const lock = await acquireLock(paths.lock, `stack \`${first.stack}\``, LOCK_WAIT_MS);
  try {
    const manifest = readManifest(paths.manifest);
    if (manifest?.state !== 'ready' || manifest.id !== first.stack_id || manifest.boot_id !== bootId()) return;
    const book = new ManifestBook(paths.manifest, manifest);
    for (const recipe of recipes) await startOne(recipe, book);
  } finally {
    lock.release();
  }
}

async function startOne({ process: known, args, env, cwd, uid, gid }: Recipe, book: ManifestBook): Promise<void> {
  const current = book.current.processes.find(({ id }) => id === known.id);
  if (current !== undefined && isAlive(current)) return;
  const account = { name: known.user, uid, gid, drop: uid !== process.getuid?.() };
  await launch({ ...known, args, env, cwd, account }, book, new AbortController().signal);
}
