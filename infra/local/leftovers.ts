import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { StackError } from '../backend.ts';
import { acquireLock, hasLivingClaim, removeStaleClaims, staleClaims } from './claim-lock.ts';
import type { LocalConfig } from './config.ts';
import { endProcesses } from './end-process.ts';
import { bootId, isAlive } from './identity.ts';
import { readManifest } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import { readNames, stackNames, stackPaths } from './stack-paths.ts';
import { stopStack } from './stop-stack.ts';
import { successorOf } from './successor.ts';
import { findStrays } from './sweep.ts';
import type { Stray } from './sweep.ts';

/** Something of ours that nobody looks after any more. */
export type Leftover =
  /** A stack whose starter or stopper died half-way, whose processes are all gone, or that is only known by its strays. */
  | { readonly kind: 'stack'; readonly stack: string; readonly detail: string }
  /** A process of an earlier start of a stack that is up. */
  | { readonly kind: 'process'; readonly stack: string; readonly process: Stray; readonly detail: string }
  /** A lock whose holder is gone. */
  | { readonly kind: 'lock'; readonly folder: string; readonly detail: string };

/** Finds what is left over in one home. A stack that is up, or that someone is just starting or stopping, is not. */
export function findLeftovers({ home }: LocalConfig): Leftover[] {
  const strays = findStrays(home);
  const names = new Set([...stackNames(home), ...strays.map(({ stack }) => stack)]);
  const free = [...names].filter((name) => !hasLivingClaim(stackPaths(home, name).lock));
  return [...free.flatMap((name) => leftoversOf(home, name, strays)), ...staleLocks(home)];
}

/** Ends and removes what `findLeftovers` finds, and nothing else. Returns what was done and what could not be. */
export async function cleanLeftovers(config: LocalConfig): Promise<{ cleaned: string[]; left: string[] }> {
  const cleaned: string[] = [];
  const left: string[] = [];
  for (const leftover of findLeftovers(config)) {
    const remains = await clean(config, leftover);
    left.push(...remains);
    if (remains.length === 0) cleaned.push(leftover.detail);
  }
  return { cleaned, left };
}

async function clean(config: LocalConfig, leftover: Leftover): Promise<readonly string[]> {
  if (leftover.kind === 'lock') {
    removeStaleClaims(leftover.folder);
    return [];
  }
  const lock = await acquireLock(stackPaths(config.home, leftover.stack).lock, `stack \`${leftover.stack}\``);
  try {
    // It may have been started anew, or cleaned, before the lock was ours.
    const still = leftoversOf(config.home, leftover.stack, findStrays(config.home));
    if (!still.some(({ detail }) => detail === leftover.detail)) return [];
    return leftover.kind === 'stack' ? await cleanStack(config, leftover.stack) : await endStray(leftover.process);
  } finally {
    lock.release();
  }
}

async function cleanStack(config: LocalConfig, name: string): Promise<readonly string[]> {
  const { left } = await stopStack(config, name);
  if (left.length === 0) rmSync(`${stackPaths(config.home, name).manifest}.new`, { force: true });
  return left;
}

async function endStray(stray: Stray): Promise<readonly string[]> {
  const { left } = await endProcesses([{ ...stray, stop: [{ signal: 'SIGTERM', wait_ms: 1_500 }] }]);
  return left.map(({ pid }) => `process ${pid} survived SIGKILL`);
}

function leftoversOf(home: string, name: string, strays: readonly Stray[]): Leftover[] {
  const own = strays.filter(({ stack }) => stack === name);
  const reason = reasonToClean(home, name, own);
  if (reason !== null) return [{ kind: 'stack', stack: name, detail: reason }];
  const manifest = manifestOf(home, name);
  if (manifest === null || manifest === 'damaged') return [];
  return own
    .filter(({ stack_id }) => stack_id !== null && stack_id !== manifest.id)
    .map((process) => ({ kind: 'process', stack: name, process, detail: describe(process) }));
}

/** Null when the stack is up, or plainly down. */
function reasonToClean(home: string, name: string, strays: readonly Stray[]): string | null {
  const manifest = manifestOf(home, name);
  if (manifest === 'damaged') return `the manifest of stack \`${name}\` is damaged`;
  if (manifest === null)
    return strays.length === 0 ? null : `stack \`${name}\` is down but ${strays.map(describe).join(', ')} runs`;
  if (manifest.state !== 'ready') return `stack \`${name}\` was left while ${manifest.state}`;
  if (isAbandoned(manifest)) return `stack \`${name}\` was left by the command it belonged to`;
  const up = manifest.boot_id === bootId() && manifest.processes.map(successorOf).some(isAlive);
  return up ? null : `stack \`${name}\` is marked as up but none of its processes runs`;
}

/** An ephemeral stack goes with whoever started it. */
export function isAbandoned({ ephemeral, starter }: Manifest): boolean {
  return ephemeral === true && !isAlive(starter);
}

function manifestOf(home: string, name: string): Manifest | 'damaged' | null {
  try {
    return readManifest(stackPaths(home, name).manifest);
  } catch (error) {
    if (error instanceof StackError) return 'damaged';
    throw error;
  }
}

function staleLocks(home: string): Leftover[] {
  const locks = join(home, 'locks');
  return readNames(locks)
    .map((name) => join(locks, name))
    .filter((folder) => staleClaims(folder).length > 0)
    .map((folder) => ({ kind: 'lock', folder, detail: `the holder of the lock \`${basename(folder)}\` is gone` }));
}

function describe({ executable, pid }: Stray): string {
  return `process ${pid} (${basename(executable)})`;
}
