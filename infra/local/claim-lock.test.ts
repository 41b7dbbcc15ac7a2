import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { acquireLock, hasLivingClaim, removeStaleClaims, staleClaims } from './claim-lock.ts';
import { bootId, ownIdentity } from './identity.ts';

let folder: string;

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'lock-')), 'lock');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

test('one of many contenders holds it at a time, and each gets it', async () => {
  let holders = 0;
  let holders_max = 0;
  const contend = async (): Promise<void> => {
    const lock = await acquireLock(folder, 'the lock');
    holders += 1;
    holders_max = Math.max(holders_max, holders);
    await new Promise((resolve) => setImmediate(resolve));
    holders -= 1;
    lock.release();
  };
  await Promise.all(Array.from({ length: 8 }, contend));
  expect(holders_max).toBe(1);
  expect(existsSync(folder)).toBe(false);
});

test('a lock that is held names its holder', async () => {
  const lock = await acquireLock(folder, 'the lock');
  await expect(acquireLock(folder, 'the lock', 0)).rejects.toThrow(`the lock is in use by process ${process.pid}`);
  expect(hasLivingClaim(folder)).toBe(true);
  lock.release();
});

test('the claims of dead, recycled and pre-boot processes are no obstacle', async () => {
  const { pid, start_ticks } = ownIdentity();
  const dead_pid = Number(spawnSync('/bin/sh', ['-c', 'echo $$'], { encoding: 'utf8' }).stdout);
  claim(`${dead_pid}.1.${bootId()}.a`);
  claim(`${pid}.${start_ticks - 1}.${bootId()}.b`);
  claim(`${pid}.${start_ticks}.another-boot.c`);
  expect(staleClaims(folder)).toHaveLength(3);
  (await acquireLock(folder, 'the lock')).release();
  expect(existsSync(folder)).toBe(false);
});

test('removing stale claims leaves living ones', async () => {
  const lock = await acquireLock(folder, 'the lock');
  claim('1.0.another-boot.x');
  removeStaleClaims(folder);
  expect(staleClaims(folder)).toEqual([]);
  expect(hasLivingClaim(folder)).toBe(true);
  lock.release();
});

function claim(name: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), '');
}
