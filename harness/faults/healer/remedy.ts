import { startAgain } from '../../../infra/local/restart/start-again.ts';
import type { Recipe } from '../../../infra/local/restart/recipe.ts';
import type { ProcessIdentity } from '../../../infra/local/identity.ts';
import { discardJunk } from '../junk.ts';
import { signalTree } from '../process-tree.ts';

/** What undoes a fault, as data: it is known before the fault is brought about, and survives whoever brought it about. */
export type Remedy =
  /** Processes that were stopped, and all their children, go on. */
  | { readonly kind: 'continue'; readonly roots: readonly ProcessIdentity[] }
  /** As long as it is held, the processes run a `factor`-th of the time. */
  | { readonly kind: 'pulse'; readonly roots: readonly ProcessIdentity[]; readonly factor: number }
  | { readonly kind: 'start'; readonly recipes: readonly Recipe[] }
  /** What was changed by PUT is put back. */
  | { readonly kind: 'put'; readonly url: string; readonly body: string }
  /** The junk in these Redis servers goes. */
  | { readonly kind: 'discard'; readonly urls: readonly string[] };

const PUT_TIMEOUT_MS = 5_000;

/** Undoes; done twice it does no harm. Rejects when it could not be done. */
export async function apply(remedy: Remedy): Promise<void> {
  switch (remedy.kind) {
    case 'continue':
    case 'pulse':
      for (const root of remedy.roots) signalTree(root, 'SIGCONT');
      return;
    case 'start':
      return await startAgain(remedy.recipes);
    case 'put':
      return await put(remedy.url, remedy.body);
    case 'discard':
      await Promise.all(remedy.urls.map(discardJunk));
  }
}

/** Rejects unless the answer is 200. */
export async function put(url: string, body: string): Promise<void> {
  const response = await fetch(url, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body,
    signal: AbortSignal.timeout(PUT_TIMEOUT_MS),
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${(await response.text()).slice(0, 200)}`);
}
