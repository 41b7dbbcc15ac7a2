import { setTimeout as delay } from 'node:timers/promises';
import { StackError } from '../backend.ts';
import { lastLines } from './logs.ts';
import type { Launched } from './launch.ts';
import { PortTakenError } from './port-taken.ts';
import { saysPortTaken } from './ports.ts';
import { problemOf } from './until.ts';

/** Asks a server in its own protocol. Resolves when it answers well, rejects with what is wrong otherwise. */
export type Probe = () => Promise<void>;

const EVERY_MS = 50;

/**
 * Asks every 50 ms until the server answers well. Rejects with a `StackError` that holds its last log lines: at once
 * when the process ends (a `PortTakenError` when that was over its port), else at the deadline.
 */
export async function untilReady(
  launched: Launched,
  probe: Probe,
  deadline_ms: number,
  signal: AbortSignal,
): Promise<void> {
  const end_ms = performance.now() + deadline_ms;
  for (;;) {
    const problem = await problemOf(probe);
    // Asked after the probe: whatever answered, it was not this process if this process has ended.
    if (launched.ended !== null) throw endedError(launched);
    if (problem === null) return;
    signal.throwIfAborted();
    if (performance.now() > end_ms) throw lateError(launched, problem, deadline_ms);
    await delay(EVERY_MS, undefined, { signal });
  }
}

function endedError({ entry, ended }: Launched): StackError {
  const lines = lastLines(entry.log);
  const message = `\`${entry.id}\` (tier \`${entry.tier}\`) ended while starting: ${ended ?? 'unknown reason'}${quote(lines)}`;
  if (saysPortTaken(lines)) return new PortTakenError(message);
  return new StackError(message, `its whole log: ${entry.log}`);
}

function lateError({ entry }: Launched, problem: string, deadline_ms: number): StackError {
  return new StackError(
    `\`${entry.id}\` (tier \`${entry.tier}\`) was not ready within ${deadline_ms / 1000} s: ${problem}${quote(lastLines(entry.log))}`,
    `its whole log: ${entry.log}`,
  );
}

function quote(lines: string): string {
  return lines === '' ? '; its log is empty' : `\n${lines.replaceAll(/^/gm, '  | ')}`;
}
