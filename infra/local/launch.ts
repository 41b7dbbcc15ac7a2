import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { credentials } from './account.ts';
import type { Account } from './account.ts';
import type { StopStep } from './end-process.ts';
import { identityOf } from './identity.ts';
import { openLog } from './logs.ts';
import type { ManifestBook, ManifestProcess } from './manifest.ts';

/** One process to start. */
export interface Launch {
  readonly id: string;
  readonly tier: string;
  readonly role: string;
  readonly port: number;
  readonly executable: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly account: Account;
  readonly log: string;
  readonly metrics_url?: string;
  readonly stop: readonly StopStep[];
  /** See `ManifestProcess`. */
  readonly ends_with?: string;
}

/** A process that was started and recorded. */
export interface Launched {
  readonly entry: ManifestProcess;
  /** Why it ended, in words; null while it runs. */
  readonly ended: string | null;
  /** Resolves with its exit code when it ended, null when a signal ended it. */
  readonly exit: Promise<number | null>;
  /** Keeps the starter from exiting before this process has. */
  hold(): void;
}

/**
 * A process waits at this gate until it is written down. If its starter dies first, reading ends and so does it: no
 * server ever runs that the manifest does not know. `exec` keeps the pid and the start time.
 */
const GATE = 'read -r go && exec "$@" </dev/null';

/**
 * Starts a process apart from the terminal, so that a Ctrl-C there reaches only the starter, and records it
 * before the program runs. The process outlives its starter.
 */
export async function launch(spec: Launch, book: ManifestBook, signal: AbortSignal): Promise<Launched> {
  signal.throwIfAborted();
  const child = spawnAtGate(spec);
  // A failed spawn is thrown by this.
  await once(child, 'spawn');
  const { pid, stdin } = child;
  if (pid === undefined || stdin === null) throw new Error(`\`${spec.id}\` was spawned without a pid or a gate`);
  // The process may be killed at the gate; its exit is what gets reported then.
  stdin.on('error', () => stdin.destroy());
  let ended: string | null = null;
  const exit = new Promise<number | null>((resolve) => {
    child.once('exit', (code, by) => {
      ended = by === null ? `exit code ${code}` : `killed by ${by}`;
      resolve(code);
    });
  });
  const entry = record(spec, pid, book, stdin);
  stdin.end('go\n');
  child.unref();
  return {
    entry,
    exit,
    hold: () => child.ref(),
    get ended() {
      return ended;
    },
  };
}

function spawnAtGate(spec: Launch): ChildProcess {
  const log = openLog(spec.log);
  try {
    return spawn('/bin/sh', ['-c', GATE, spec.id, spec.executable, ...spec.args], {
      ...credentials(spec.account),
      cwd: spec.cwd,
      env: spec.env,
      detached: true,
      stdio: ['pipe', log, log],
    });
  } finally {
    closeSync(log);
  }
}

/** What cannot be written down must not run: then the gate closes, and the process with it. */
function record(spec: Launch, pid: number, book: ManifestBook, gate: Writable): ManifestProcess {
  try {
    const entry = entryOf(spec, pid);
    book.addProcess(entry);
    return entry;
  } catch (error) {
    gate.destroy();
    throw error;
  }
}

function entryOf(spec: Launch, pid: number): ManifestProcess {
  return {
    ...identityOf(pid),
    id: spec.id,
    tier: spec.tier,
    role: spec.role,
    port: spec.port,
    executable: spec.executable,
    args: spec.args,
    user: spec.account.name,
    log: spec.log,
    ...(spec.metrics_url === undefined ? {} : { metrics_url: spec.metrics_url }),
    ...(spec.ends_with === undefined ? {} : { ends_with: spec.ends_with }),
    stop: spec.stop.map((step) => ({ ...step })),
  };
}
