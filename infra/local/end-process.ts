import { setTimeout as delay } from 'node:timers/promises';
import { hasCode } from './error-code.ts';
import { isAlive } from './identity.ts';
import type { ProcessIdentity } from './identity.ts';
import { readStat } from './proc.ts';

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
    if (!signalIfSame(target, target.pid, signal)) return true;
    if (await endsWithin(target, wait_ms)) return true;
  }
  // What leads its own group takes its children with it: nginx workers outlive a killed master otherwise.
  const leads = readStat(target.pid)?.group === target.pid;
  if (!signalIfSame(target, leads ? -target.pid : target.pid, 'SIGKILL')) return true;
  return await endsWithin(target, KILL_WAIT_MS);
}

/**
 * Signals only if the pid still belongs to the process that was recorded. False when it is gone. Between the look and
 * the signal lie microseconds, in which the pid would have to end, be reaped and be given out again.
 */
function signalIfSame(identity: ProcessIdentity, to: number, signal: NodeJS.Signals): boolean {
  if (!isAlive(identity)) return false;
  try {
    process.kill(to, signal);
    return true;
  } catch (error) {
    if (hasCode(error, 'ESRCH')) return false;
    // Not ours to signal: report it as left rather than fail half-way through a teardown.
    if (hasCode(error, 'EPERM')) return true;
    throw error;
  }
}

async function endsWithin(identity: ProcessIdentity, wait_ms: number): Promise<boolean> {
  const deadline_ms = performance.now() + wait_ms;
  while (isAlive(identity)) {
    if (performance.now() > deadline_ms) return false;
    await delay(POLL_MS);
  }
  return true;
}
