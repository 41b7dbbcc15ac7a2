import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { entryBeside } from '../../../engines/child/entry.ts';

const PROGRAM = fileURLToPath(entryBeside(import.meta.url, 'holder'));

/** Processes that hold connections beside this one. */
export class Holders {
  readonly #children: readonly ChildProcess[];
  readonly #ready: Promise<unknown>;

  /** One process for each share. */
  constructor(url: URL, shares: readonly number[]) {
    this.#children = shares.map((count) =>
      fork(PROGRAM, [url.href, String(count)], { execArgv: [], stdio: 'inherit' }),
    );
    this.#ready = Promise.all(this.#children.map((child) => next(child)));
  }

  /** Whether all connections were opened or refused before the signal aborted. */
  async ready(signal: AbortSignal): Promise<boolean> {
    const { promise: over, resolve } = Promise.withResolvers<boolean>();
    const abort = (): void => resolve(false);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    try {
      return await Promise.race([this.#ready.then(() => true), over]);
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  /** Connections that are open now; those of a process that is gone are none. */
  async open(): Promise<number> {
    const counts = this.#children.map(async (child) => {
      if (!child.connected) return 0;
      child.send('count');
      return await next(child);
    });
    return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
  }

  /** Their connections close with them. */
  async end(): Promise<void> {
    const running = this.#children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
    const ended = running.map((child) => once(child, 'exit'));
    for (const child of running) if (child.connected) child.disconnect();
    await Promise.all(ended);
  }
}

/** The next number that a process tells; 0 when it ends instead. */
async function next(child: ChildProcess): Promise<number> {
  const told = once(child, 'message').then(([count]) => Number(count));
  const gone = once(child, 'exit').then(() => 0);
  return await Promise.race([told, gone]);
}
