import { setTimeout as delay } from 'node:timers/promises';
import { RunError } from '../../run-error.ts';

/** A write of the observer's own that was answered. Times are ms since the epoch. */
export interface Acknowledgement {
  readonly at_ms: number;
  /** Which server answered. */
  readonly by: string;
  /** How far that server's log had come, in bytes, where it has one. */
  readonly position_bytes?: number;
}

/** Writes all the time, a few tens of times a second, and tells of each write that was answered. */
export interface Prober {
  /** Begins. Rejects when it cannot. */
  start(onAcknowledged: (acknowledgement: Acknowledgement) => void): Promise<void>;
  stop(): Promise<void>;
}

/** Looks while an outage lasts, and notes what is seen for the first time. */
export interface Lookout {
  /** Returns when the signal aborts, which the end of the outage does. Whatever cannot be asked is not seen, and no error. */
  watch(lost: Acknowledgement, note: (sighting: string) => void, signal: AbortSignal): Promise<void>;
}

/** From the last write that was answered before to the first one after. */
export interface SeenOutage {
  readonly before: Acknowledgement;
  /** Absent while it lasts. */
  readonly after?: Acknowledgement;
  readonly ended_ms: number;
  readonly seen_ms: ReadonlyMap<string, number>;
}

/** So long without an answer, and the lookout begins. A busy machine pauses a little. */
const SUSPICIOUS_MS = 150;
/** Shorter pauses are not called outages. */
const OUTAGE_MS = 1_000;
const LOOK_EVERY_MS = 25;
const FIRST_MS = 10_000;

interface Suspicion {
  readonly before: Acknowledgement;
  readonly seen_ms: Map<string, number>;
  readonly over: AbortController;
  readonly watching: Promise<void>;
}

/** Finds the times in which nothing could be written, and when what was seen in them. */
export class OutageObserver {
  readonly #prober: Prober;
  readonly #lookout: Lookout;
  readonly #stopped = new AbortController();
  readonly #outages: SeenOutage[] = [];
  #last: Acknowledgement | undefined;
  #suspicion: Suspicion | undefined;
  #looking: Promise<void> = Promise.resolve();

  constructor(prober: Prober, lookout: Lookout) {
    this.#prober = prober;
    this.#lookout = lookout;
  }

  /**
   * Resolves when writes are being answered.
   * @throws RunError when they are not.
   */
  async start(): Promise<void> {
    await this.#prober.start((acknowledgement) => this.#answered(acknowledgement));
    const end_ms = performance.now() + FIRST_MS;
    while (!this.#last) {
      if (performance.now() > end_ms)
        throw new RunError('no writes are answered before the run', 'look at `shop-plan status`');
      await delay(LOOK_EVERY_MS);
    }
    this.#looking = this.#look();
  }

  /** Ends it; what was seen, in order. An outage that lasts on ends here, without an acknowledgement after it. */
  async stop(): Promise<readonly SeenOutage[]> {
    this.#stopped.abort();
    await this.#looking;
    await this.#prober.stop();
    const suspicion = this.#suspicion;
    if (suspicion) await this.#conclude(suspicion, Date.now());
    return this.#outages;
  }

  async #look(): Promise<void> {
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      const last = this.#last;
      if (last && !this.#suspicion && Date.now() - last.at_ms > SUSPICIOUS_MS) this.#suspect(last);
      await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  #suspect(before: Acknowledgement): void {
    const seen_ms = new Map<string, number>();
    const over = new AbortController();
    const note = (sighting: string): void => {
      if (!seen_ms.has(sighting)) seen_ms.set(sighting, Date.now());
    };
    this.#suspicion = { before, seen_ms, over, watching: this.#lookout.watch(before, note, over.signal) };
  }

  #answered(after: Acknowledgement): void {
    const suspicion = this.#suspicion;
    this.#last = after;
    this.#suspicion = undefined;
    if (suspicion) void this.#conclude(suspicion, after.at_ms, after);
  }

  async #conclude({ before, seen_ms, over, watching }: Suspicion, ended_ms: number, after?: Acknowledgement) {
    over.abort();
    // Also a short pause in which another server took over is worth telling.
    const moved = after !== undefined && after.by !== before.by;
    if (ended_ms - before.at_ms >= OUTAGE_MS || moved) {
      this.#outages.push({ before, ...(after && { after }), ended_ms, seen_ms });
    }
    await watching;
  }
}

/** Asks again and again until the signal aborts; an answer that does not come is none. */
export async function askRepeatedly(signal: AbortSignal, every_ms: number, ask: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    try {
      await ask();
    } catch {
      // Who is away says nothing, and that is what an outage is about.
    }
    await delay(every_ms, undefined, { signal }).catch(() => undefined);
  }
}
