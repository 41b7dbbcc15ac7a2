import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { entryBeside } from '../../engines/child/entry.ts';

/** What a guard takes down. */
export interface Guarded {
  readonly home: string;
  readonly name: string;
  readonly purge: boolean;
}

/**
 * A process of its own, in a session of its own, that takes a stack down when whoever started that is gone without having said so: killed, or
 * ended in the middle of a test that took too long.
 */
export class Guard {
  readonly #child: ChildProcess;

  constructor(guarded: Guarded) {
    this.#child = fork(entryBeside(import.meta.url, 'main'), [JSON.stringify(guarded)], {
      execArgv: [],
      detached: true,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    // It guards for as long as it is heard, and keeps nobody from ending.
    this.#child.unref();
    this.#child.channel?.unref();
  }

  /** There is nothing to guard any more. */
  async release(): Promise<void> {
    const { exitCode, signalCode, connected } = this.#child;
    if (exitCode !== null || signalCode !== null || !connected) return;
    const ended = once(this.#child, 'exit');
    this.#child.ref();
    this.#child.send('released', () => undefined);
    await ended;
  }
}
