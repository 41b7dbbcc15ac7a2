import type { Terminal } from './terminal.ts';

/** What every command works with. */
export interface Context {
  readonly terminal: Terminal;
  /** Aborts on Ctrl-C or SIGTERM; a second one ends the process at once. */
  readonly signal: AbortSignal;
}
