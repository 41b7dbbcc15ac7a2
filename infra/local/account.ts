import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readFileSync } from 'node:fs';
import { StackError } from '../backend.ts';

/** A user of this machine to run a server as. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  /** True when a child has to change to it; false when it is whoever runs this. */
  readonly drop: boolean;
}

/**
 * The first of the named accounts that exists, when run as root; else whoever runs this. PostgreSQL refuses root, and
 * nothing else needs it. No account is ever created.
 */
export function accountFor(names: readonly string[]): Account {
  const uid = process.getuid?.() ?? -1;
  if (uid !== 0) return { name: `uid ${uid}`, uid, gid: process.getgid?.() ?? -1, drop: false };
  const known = readAccounts();
  for (const name of names) {
    const found = known.get(name);
    if (found !== undefined) return found;
  }
  throw new StackError(`none of the accounts ${names.join(', ')} exists`, 'run as an ordinary user instead of root');
}

/** Root itself, for what cannot run as anybody else. */
export function ownAccount(): Account {
  return { name: 'own', uid: process.getuid?.() ?? -1, gid: process.getgid?.() ?? -1, drop: false };
}

/** `nobody` when run as root, provided that account can read all of the paths; else whoever runs this. */
export function readerAccount(paths: readonly string[]): Account {
  const account = accountFor(['nobody']);
  return canRead(account, paths) ? account : ownAccount();
}

/** Options for a child process that make it run as the account. */
export function credentials(account: Account): { uid?: number; gid?: number } {
  return account.drop ? { uid: account.uid, gid: account.gid } : {};
}

/** Makes a folder that belongs to the account alone. Only ever called for folders of a stack. */
export function own(folder: string, account: Account): void {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o700);
  if (account.drop) chownSync(folder, account.uid, account.gid);
}

/** Whether the account can read every one of the paths; asked by the kernel's own rules, as that account. */
export function canRead(account: Account, paths: readonly string[]): boolean {
  if (!account.drop) return true;
  const script = 'for path; do test -r "$path" || exit 1; done';
  const { status } = spawnSync('/bin/sh', ['-c', script, 'sh', ...paths], { ...credentials(account), cwd: '/' });
  return status === 0;
}

/** Throws a `StackError` when the account cannot reach a folder, e.g. below a home that only root may enter. */
export function assertReachable(folder: string, account: Account): void {
  if (canRead(account, [folder])) return;
  throw new StackError(
    `the account \`${account.name}\` cannot reach ${folder}`,
    'let others pass through the folders above it (chmod o+x), or choose another SHOP_PLAN_HOME',
  );
}

function readAccounts(): ReadonlyMap<string, Account> {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  return new Map(
    lines.flatMap((line): [string, Account][] => {
      const [name, , uid, gid] = line.split(':');
      if (name === undefined || uid === undefined || gid === undefined) return [];
      return [[name, { name, uid: Number(uid), gid: Number(gid), drop: true }]];
    }),
  );
}
