import { pino, type Logger } from 'pino';

export type Log = Logger;

/** The service's log: JSON lines on standard error, so that standard output stays free. Tokens and passwords are never given to it. */
export function createLog(level: string, instanceId: string): Log {
  return pino(
    { level, base: { instance: instanceId }, redact: ['authorization', 'password', 'token'] },
    pino.destination(2),
  );
}

/**
 * Lets at most one message through per interval, and says how many it held back: a failing dependency at thousands of
 * requests a second must not fill the disk.
 */
export class QuietLog {
  readonly #log: Log;
  readonly #interval_ms: number;
  readonly #now_ms: () => number;
  #silentUntil_ms = -Infinity;
  #heldBack = 0;

  constructor(log: Log, interval_ms = 5_000, now_ms: () => number = () => performance.now()) {
    this.#log = log;
    this.#interval_ms = interval_ms;
    this.#now_ms = now_ms;
  }

  warn(error: unknown, message: string): void {
    const now_ms = this.#now_ms();
    if (now_ms < this.#silentUntil_ms) {
      this.#heldBack += 1;
      return;
    }
    this.#log.warn({ err: error, heldBack: this.#heldBack }, message);
    this.#silentUntil_ms = now_ms + this.#interval_ms;
    this.#heldBack = 0;
  }
}
