import { QuietLog, type Log } from './log.ts';

/** Something that runs beside the requests. */
export interface Background {
  start(): void;
  stop(): Promise<void>;
}

/** Work that is done again and again, one round at a time: as long as it finds something, then anew after a while. */
export class Rounds implements Background {
  readonly #work: () => Promise<boolean>;
  readonly #every_ms: number;
  readonly #quiet: QuietLog;
  readonly #failing: string;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;

  /** `work` tells whether there may be more to do; what it throws is logged as `failing`, and tried again in the next round. */
  constructor(work: () => Promise<boolean>, options: { every_ms: number; failing: string }, log: Log) {
    this.#work = work;
    this.#every_ms = options.every_ms;
    this.#failing = options.failing;
    this.#quiet = new QuietLog(log);
  }

  start(): void {
    this.#timer = setTimeout(() => {
      this.#running = this.#round().finally(() => {
        if (!this.#stopped) this.start();
      });
    }, this.#every_ms);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  async #round(): Promise<void> {
    try {
      while (!this.#stopped && (await this.#work()));
    } catch (error) {
      this.#quiet.warn(error, this.#failing);
    }
  }
}
