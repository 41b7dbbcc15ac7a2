import { isAlive } from './identity.ts';
import type { ManifestProcess } from './manifest.ts';
import { postmasterOf } from './tiers/replication/postmaster.ts';

/** A process as it runs now: what supervises it may have started it anew since it was recorded. */
export function successorOf(process: ManifestProcess): ManifestProcess {
  if (process.pid_file === undefined || isAlive(process)) return process;
  return { ...process, ...postmasterOf(process.pid_file) };
}
