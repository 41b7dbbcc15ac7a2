import { setTimeout as delay } from 'node:timers/promises';
import { StackError } from '../backend.ts';

const EVERY_MS = 50;

/**
 * Asks every 50 ms until the check resolves. Rejects with a `StackError` that holds its last complaint at the deadline,
 * and at once when the signal is aborted.
 */
export async function until(
  what: string,
  check: () => Promise<void>,
  { deadline_ms, signal }: { readonly deadline_ms: number; readonly signal: AbortSignal },
): Promise<void> {
  const end_ms = performance.now() + deadline_ms;
  for (;;) {
    const problem = await problemOf(check);
    if (problem === null) return;
    signal.throwIfAborted();
    if (performance.now() > end_ms) {
      throw new StackError(`waited ${deadline_ms / 1000} s in vain until ${what}: ${problem}`);
    }
    await delay(EVERY_MS, undefined, { signal });
  }
}

/** What a check complains about; null when all is well. */
export async function problemOf(check: () => Promise<unknown>): Promise<string | null> {
  try {
    await check();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
