import { setTimeout as delay } from 'node:timers/promises';
import { isAlive } from './identity.ts';
import type { ProcessIdentity } from './identity.ts';
import { killIfSame, signalIfSame } from './signal.ts';

/** A signal, and how long the process may take to end before the next one. */
export interface StopStep {
  readonly signal: 'SIGTERM' | 'SIGINT' | 'SIGQUIT';
  readonly wait_ms: number;
}

export interface Endable extends ProcessIdentity {
  /** Tried in order; SIGKILL to the whole process group follows when all have failed. */
  readonly stop: readonly StopStep[];
}

const POLL_MS = 10;
const KILL_WAIT_MS = 2_000;

/** Ends all of them at the same time. Resolves when they are gone, or with those that even SIGKILL did not end. */
export async function endProcesses<T extends Endable>(processes: readonly T[]): Promise<{ left: T[] }> {
  const ended = await Promise.all(processes.map(async (process) => ({ process, gone: await endProcess(process) })));
  return { left: ended.filter(({ gone }) => !gone).map(({ process }) => process) };
}

async function endProcess(target: Endable): Promise<boolean> {
  for (const { signal, wait_ms } of target.stop) {
    if (!signalIfSame(target, signal)) return true;
    if (await endsWithin(target, wait_ms)) return true;
  }
  if (!killIfSame(target)) return true;
  return await endsWithin(target, KILL_WAIT_MS);
}

async function endsWithin(identity: ProcessIdentity, wait_ms: number): Promise<boolean> {
  const deadline_ms = performance.now() + wait_ms;
  while (isAlive(identity)) {
    if (performance.now() > deadline_ms) return false;
    await delay(POLL_MS);
  }
  return true;
}
