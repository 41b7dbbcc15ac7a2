import { join } from 'node:path';
import { acquireLock, hasLivingClaim } from '../infra/local/claim-lock.ts';
import type { Lock } from '../infra/local/claim-lock.ts';
import { localConfig } from '../infra/local/config.ts';

/** Experiments that share a machine would measure each other. One home has one at a time. */
function turnFolder(home: string): string {
  return join(home, 'locks', 'experiment');
}

/** @throws StackError when another experiment goes on. */
export function takeTurn(home = localConfig().home): Promise<Lock> {
  return acquireLock(turnFolder(home), 'this machine’s turn for an experiment');
}

export function isTurnTaken(home = localConfig().home): boolean {
  return hasLivingClaim(turnFolder(home));
}
