import { open, type FileHandle } from 'node:fs/promises';
import type { Ending } from '../ledger/flight.ts';

/** A recorded request that has ended; times in µs from the start of the schedule. */
export interface RecordedWrite {
  readonly id: string;
  readonly class: string;
  readonly outcome: Ending;
  readonly status: number;
  readonly sent_us: number;
  readonly ended_us: number;
}

/**
 * The log of writes: a line for each recorded request, in the order in which they ended. Lines are gathered and written a batch at a time,
 * beside the event loop, each batch whole, so that several processes may share a file.
 */
export class WritesLog {
  readonly #file: FileHandle;
  #started_at_ms = 0;
  #lines = '';
  #seconds = 0;
  #written: Promise<void> = Promise.resolve();
  #failure: unknown;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Lines are added to what is in the file. Rejects when it cannot be written to. */
  static async open(path: string): Promise<WritesLog> {
    return new WritesLog(await open(path, 'a', 0o600));
  }

  /** Wall-clock start of the schedule, ms since the epoch; to be told before the first write. */
  startAt(started_at_ms: number): void {
    this.#started_at_ms = started_at_ms;
  }

  add({ id, class: name, outcome, status, sent_us, ended_us }: RecordedWrite): void {
    this.#lines += `${id}\t${name}\t${outcome}\t${status}\t${this.#wallClock(sent_us)}\t${this.#wallClock(ended_us)}\n`;
  }

  /** To be called often: once a second what was gathered goes to the file. */
  tick(now_us: number): void {
    if (now_us < (this.#seconds + 1) * 1e6) return;
    this.#seconds = Math.floor(now_us / 1e6);
    this.#flush();
  }

  /** Resolves when all of it is in the file; rejects when something could not be written. */
  async close(): Promise<void> {
    this.#flush();
    await this.#written;
    await this.#file.close();
    if (this.#failure !== undefined) throw this.#failure;
  }

  #flush(): void {
    if (this.#lines === '') return;
    const batch = this.#lines;
    this.#lines = '';
    this.#written = this.#written
      .then(() => this.#file.appendFile(batch))
      .catch((error: unknown) => {
        this.#failure ??= error;
      });
  }

  #wallClock(time_us: number): string {
    return (this.#started_at_ms + time_us / 1000).toFixed(3);
  }
}
