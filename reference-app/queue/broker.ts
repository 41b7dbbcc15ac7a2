import type { ShopEvent, Worker } from '../effects/event.ts';

/** An event that no attempt got through with. */
export interface DeadLetter extends ShopEvent {
  readonly error: string;
}

/** What died, to be looked at and tried again. */
export interface DeadLetters {
  list(worker: Worker, limit: number): Promise<DeadLetter[]>;
  /** Lets up to `limit` of them begin anew; returns how many. */
  replay(worker: Worker, limit: number): Promise<number>;
}

export interface ConsumerOptions {
  /** Events worked on at a time. */
  readonly concurrency: number;
  readonly onRetry: (error: unknown, dead: boolean) => void;
}

/** Takes events, and brings each to the workers that subscribe to it: at least once, and later again when a worker fails. */
export interface Broker extends DeadLetters {
  state(): 'up' | 'down';
  /** Resolves when the broker answers for all of them; when it rejects, it may have taken some. */
  publish(events: readonly ShopEvent[]): Promise<void>;
  /** Resolves when events are being received. */
  consume(worker: Worker, act: (event: ShopEvent) => Promise<void>, options: ConsumerOptions): Promise<void>;
  /** Lets what is being worked on finish, then leaves. */
  close(): Promise<void>;
}
