import { StackError } from '../backend.ts';
import { endProcesses } from './end-process.ts';
import { launch } from './launch.ts';
import type { Launch } from './launch.ts';
import { lastLines } from './logs.ts';
import type { ManifestBook } from './manifest.ts';

/**
 * Runs a program to its end, recorded like a server so that a crash of the starter leaves no stray. Rejects with a
 * `StackError` that holds its last log lines when it fails; ends it when the signal is aborted.
 */
export async function runTask(spec: Launch, book: ManifestBook, signal: AbortSignal): Promise<void> {
  const task = await launch(spec, book, signal);
  task.hold();
  let ending: Promise<unknown> = Promise.resolve();
  const end = (): void => {
    ending = endProcesses([task.entry]);
  };
  signal.addEventListener('abort', end, { once: true });
  const code = await task.exit;
  signal.removeEventListener('abort', end);
  await ending;
  book.removeProcess(task.entry.pid);
  signal.throwIfAborted();
  if (code === 0) return;
  const lines = lastLines(spec.log).replaceAll(/^/gm, '  | ');
  throw new StackError(`${spec.role} failed: ${task.ended ?? ''}\n${lines}`, `its whole log: ${spec.log}`);
}
