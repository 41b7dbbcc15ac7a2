import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { accountFor, assertReachable, canRead, own, ownAccount } from './account.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'account-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const isRoot = process.getuid?.() === 0;

describe.runIf(isRoot)('as root', () => {
  test('takes the first account that exists, and makes folders for it alone', () => {
    const account = accountFor(['no-such-account', 'nobody']);
    expect(account).toMatchObject({ name: 'nobody', drop: true });
    own(join(folder, 'own'), account);
    const { uid, mode } = statSync(join(folder, 'own'));
    expect({ uid, mode: mode & 0o777 }).toEqual({ uid: account.uid, mode: 0o700 });
  });

  test('says so when none exists', () => {
    expect(() => accountFor(['no-such-account'])).toThrow('none of the accounts no-such-account exists');
  });

  test('a folder below one that only root may enter cannot be reached', () => {
    const account = accountFor(['nobody']);
    own(join(folder, 'own'), account);
    expect(canRead(account, [join(folder, 'own')])).toBe(false);
    expect(() => assertReachable(join(folder, 'own'), account)).toThrow('the account `nobody` cannot reach');
    chmodSync(folder, 0o711);
    expect(canRead(account, [join(folder, 'own')])).toBe(true);
  });
});

test.skipIf(isRoot)('anybody else stays who they are', () => {
  expect(accountFor(['postgres'])).toMatchObject({ uid: process.getuid?.(), drop: false });
});

test('who runs this can read what is theirs', () => {
  expect(canRead(ownAccount(), [folder])).toBe(true);
});
