import { readFileSync } from 'node:fs';
import { readStat } from './proc.ts';

/** Tells a process from every other, also from a later one with its pid, until the machine boots again. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly start_ticks: number;
}

/** Whether exactly this process still runs. A zombie has ended; only its parent has not looked yet. */
export function isAlive(identity: ProcessIdentity): boolean {
  const stat = readStat(identity.pid);
  return stat !== null && stat.start_ticks === identity.start_ticks && stat.state !== 'Z' && stat.state !== 'X';
}

/** The process that runs this code. */
export function ownIdentity(): ProcessIdentity {
  return identityOf(process.pid);
}

/** Throws when there is no such process. */
export function identityOf(pid: number): ProcessIdentity {
  const stat = readStat(pid);
  if (stat === null) throw new Error(`process ${pid} is gone`);
  return { pid, start_ticks: stat.start_ticks };
}

/** Changes with every boot, after which start ticks say nothing about an older process. */
export function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}
