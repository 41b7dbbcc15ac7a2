import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { StackError } from '../backend.ts';
import { hasCode } from './error-code.ts';
import { bootId, isAlive, ownIdentity } from './identity.ts';
import { readNames } from './stack-paths.ts';

/**
 * A lock between processes that cannot go stale. It is a folder of claims; each is an empty file whose name says who
 * made it: pid, start ticks, boot and a random token. A claim is made first and the others are looked at afterwards,
 * so of two contenders at least one sees the other; whoever sees a living one withdraws. A dead process's claim may be
 * removed by anybody at any time, because its name can never be used again.
 */
export interface Lock {
  release(): void;
}

const WAIT_MS = 2_000;

/** Waits up to two seconds (or as given), then throws a `StackError` that names the holder. */
export async function acquireLock(folder: string, what: string, wait_ms = WAIT_MS): Promise<Lock> {
  const deadline_ms = performance.now() + wait_ms;
  for (;;) {
    const result = tryAcquire(folder);
    if ('release' in result) return result;
    if (performance.now() > deadline_ms) {
      throw new StackError(
        `${what} is in use by process ${result.holder_pid}`,
        'wait for it to finish, or interrupt it with Ctrl-C; it cleans up after itself',
      );
    }
    // Two contenders that saw each other must not meet again in step.
    await delay(5 + Math.random() * 30);
  }
}

/** Whether a living process holds the lock, or is just trying to. */
export function hasLivingClaim(folder: string): boolean {
  return readNames(folder).some(isClaimAlive);
}

/** Claims by processes that are gone. */
export function staleClaims(folder: string): string[] {
  return readNames(folder).filter((claim) => !isClaimAlive(claim));
}

/** Removes the claims of processes that are gone, and the folder when nothing is left in it. */
export function removeStaleClaims(folder: string): void {
  for (const claim of staleClaims(folder)) rmSync(join(folder, claim), { force: true });
  removeIfEmpty(folder);
}

function tryAcquire(folder: string): Lock | { readonly holder_pid: number } {
  const own = makeClaim(folder);
  const others = readdirSync(folder).filter((claim) => claim !== own);
  const holder = others.find(isClaimAlive);
  if (holder !== undefined) {
    rmSync(join(folder, own), { force: true });
    return { holder_pid: Number(holder.split('.')[0]) };
  }
  for (const stale of others) rmSync(join(folder, stale), { force: true });
  return {
    release() {
      rmSync(join(folder, own), { force: true });
      removeIfEmpty(folder);
    },
  };
}

function makeClaim(folder: string): string {
  const { pid, start_ticks } = ownIdentity();
  const claim = `${pid}.${start_ticks}.${bootId()}.${randomBytes(6).toString('hex')}`;
  for (;;) {
    mkdirSync(folder, { recursive: true });
    try {
      writeFileSync(join(folder, claim), '', { flag: 'wx' });
      return claim;
    } catch (error) {
      // Another holder removed the empty folder in between.
      if (!hasCode(error, 'ENOENT')) throw error;
    }
  }
}

function isClaimAlive(claim: string): boolean {
  const [pid, start_ticks, boot] = claim.split('.');
  return boot === bootId() && isAlive({ pid: Number(pid), start_ticks: Number(start_ticks) });
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    // Not empty: someone else claims it now.
    if (!hasCode(error, 'ENOENT', 'ENOTEMPTY', 'EEXIST')) throw error;
  }
}
