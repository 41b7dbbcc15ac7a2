import { hasCode } from './error-code.ts';
import { isAlive } from './identity.ts';
import type { ProcessIdentity } from './identity.ts';
import { readStat } from './proc.ts';

/**
 * Signals only if the pid still belongs to the process that was recorded. False when it is gone. Between the look and
 * the signal lie microseconds, in which the pid would have to end, be reaped and be given out again.
 */
export function signalIfSame(identity: ProcessIdentity, signal: NodeJS.Signals, to = identity.pid): boolean {
  if (!isAlive(identity)) return false;
  try {
    process.kill(to, signal);
    return true;
  } catch (error) {
    if (hasCode(error, 'ESRCH')) return false;
    // Not ours to signal: it shows as what is still there.
    if (hasCode(error, 'EPERM')) return true;
    throw error;
  }
}

/** SIGKILL. What leads its own group takes its children with it: nginx workers outlive a killed master otherwise. */
export function killIfSame(identity: ProcessIdentity): boolean {
  const leads = readStat(identity.pid)?.group === identity.pid;
  return signalIfSame(identity, 'SIGKILL', leads ? -identity.pid : identity.pid);
}
