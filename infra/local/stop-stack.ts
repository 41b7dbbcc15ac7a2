import { rmSync } from 'node:fs';
import { basename } from 'node:path';
import { StackError } from '../backend.ts';
import type { DownReport } from '../backend.ts';
import type { LocalConfig } from './config.ts';
import { endProcesses } from './end-process.ts';
import { isDiskFull } from './full-disk.ts';
import { bootId, isAlive } from './identity.ts';
import { readManifest, removeManifest, ManifestBook } from './manifest.ts';
import type { Manifest, ManifestProcess } from './manifest.ts';
import { isOfAnotherHome } from './listeners.ts';
import { isListening } from './ports.ts';
import { successorOf } from './successor.ts';
import { stackPaths } from './stack-paths.ts';
import { sweepStack } from './sweep.ts';

/**
 * Ends everything of a stack: what its manifest lists, in reverse order of the start; what escaped, by a sweep; and
 * checks that its ports are closed. Idempotent. The same code serves `down`, an interrupted start and the next start
 * after a crash. The caller holds the stack's lock. The data stay.
 */
export async function stopStack(config: LocalConfig, name: string): Promise<DownReport> {
  const paths = stackPaths(config.home, name);
  const manifest = manifestIfReadable(paths.manifest);
  const ended = manifest === null ? { stopped: [], left: [] } : await endRecorded(paths.manifest, manifest);
  const { swept, left: strays } = await sweepStack(config.home, name);
  const left = [
    ...strays.map(({ pid, executable }) => `process ${pid} (${executable}) survived SIGKILL`),
    ...ended.left.filter(isAlive).map(({ id, pid }) => `\`${id}\` (process ${pid}) survived SIGKILL`),
    ...(await openPorts(manifest, config.home)),
  ];
  if (left.length === 0) {
    removeManifest(paths.manifest);
    rmSync(paths.run, { recursive: true, force: true });
  }
  return { stopped: [...ended.stopped, ...swept.map(describeStray)], left };
}

function manifestIfReadable(file: string): Manifest | null {
  try {
    return readManifest(file);
  } catch (error) {
    // The sweep finds every process without it.
    if (error instanceof StackError) return null;
    throw error;
  }
}

async function endRecorded(file: string, manifest: Manifest): Promise<{ stopped: string[]; left: ManifestProcess[] }> {
  // After another boot no pid means anything any more.
  if (manifest.boot_id !== bootId()) return { stopped: [], left: [] };
  const { processes } = stopping(file, manifest);
  const batchOf = ({ ends_with, tier }: ManifestProcess): string => ends_with ?? tier;
  const stopped: string[] = [];
  const left: ManifestProcess[] = [];
  const batches = [...new Set(processes.map(batchOf))].toReversed();
  for (const batch of batches) {
    const members = processes
      .filter((process) => batchOf(process) === batch)
      .map(successorOf)
      .filter(isAlive);
    const result = await endProcesses(members);
    stopped.push(...members.filter((process) => !result.left.includes(process)).map(({ id }) => id));
    left.push(...result.left);
  }
  return { stopped, left };
}

/** Written down, so that others know it half-way; where there is no room for that, it has to be stopped all the more. */
function stopping(file: string, manifest: Manifest): Manifest {
  try {
    return new ManifestBook(file, { ...manifest, state: 'stopping' }).current;
  } catch (error) {
    if (!isDiskFull(error)) throw error;
    return manifest;
  }
}

/** What still answers at a port of ours, although every process of ours is gone. */
async function openPorts(manifest: Manifest | null, home: string): Promise<string[]> {
  const recorded = manifest?.boot_id === bootId() ? manifest.processes.filter(({ port }) => port > 0) : [];
  const asked = await Promise.all(recorded.map(async ({ id, port }) => ({ id, port, open: await isListening(port) })));
  return asked
    .filter(({ open, port }) => open && !isOfAnotherHome(port, home))
    .map(({ id, port }) => `port ${port} of \`${id}\` still answers`);
}

function describeStray({ pid, executable }: { readonly pid: number; readonly executable: string }): string {
  return `${basename(executable)} (process ${pid}, not in the manifest)`;
}
