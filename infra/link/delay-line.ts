import { Duplex } from 'node:stream';
import type { LinkConditions } from './conditions.ts';

/**
 * What one direction of a connection has under way at most; more is not read before some has arrived. At 75 ms each way
 * that is 56 MB/s a connection.
 */
export const UNDER_WAY_MAX_BYTES = 4 * 1024 * 1024;

interface Parcel {
  /** Null is the end of the stream, which takes as long as bytes do. */
  readonly chunk: Buffer | null;
  readonly due_ms: number;
}

/**
 * One direction of a link: what is written into it can be read after the delay, in the same order, no faster than the
 * bandwidth allows. Conditions are asked for each chunk, so they may change at any time; a shorter delay lets nothing
 * overtake what is under way, and what is sent into a black hole is gone, the end of the stream included.
 */
export class DelayLine extends Duplex {
  readonly #conditions: () => LinkConditions;
  readonly #under_way: Parcel[] = [];
  #under_way_bytes = 0;
  /** When the sender has put its last byte on the line. */
  #sent_ms = 0;
  #last_due_ms = 0;
  #reader_waits = false;
  #writer: (() => void) | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(conditions: () => LinkConditions) {
    super();
    this.#conditions = conditions;
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    if (this.#conditions().black_hole) return done();
    this.#under_way_bytes += chunk.length;
    this.#send(chunk, chunk.length);
    if (this.#under_way_bytes < UNDER_WAY_MAX_BYTES) done();
    else this.#writer = done;
  }

  override _final(done: () => void): void {
    if (!this.#conditions().black_hole) this.#send(null, 0);
    done();
  }

  override _read(): void {
    this.#reader_waits = true;
    this.#deliver();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    clearTimeout(this.#timer);
    this.#under_way.length = 0;
    done(error);
  }

  #send(chunk: Buffer | null, size_bytes: number): void {
    const { delay_ms, bandwidth_bytes_per_s } = this.#conditions();
    const now_ms = performance.now();
    const sending_ms = bandwidth_bytes_per_s === null ? 0 : (size_bytes / bandwidth_bytes_per_s) * 1_000;
    this.#sent_ms = Math.max(this.#sent_ms, now_ms) + sending_ms;
    this.#last_due_ms = Math.max(this.#last_due_ms, this.#sent_ms + delay_ms);
    this.#under_way.push({ chunk, due_ms: this.#last_due_ms });
    this.#deliver();
  }

  /** Hands over what has arrived while somebody wants it, and comes back for the rest. */
  #deliver(): void {
    clearTimeout(this.#timer);
    for (;;) {
      const [first] = this.#under_way;
      if (first === undefined || !this.#reader_waits) break;
      const left_ms = first.due_ms - performance.now();
      if (left_ms > 0) {
        this.#timer = setTimeout(() => this.#deliver(), Math.ceil(left_ms));
        break;
      }
      this.#under_way.shift();
      this.#under_way_bytes -= first.chunk?.length ?? 0;
      this.#reader_waits = this.push(first.chunk);
    }
    this.#letWriterGoOn();
  }

  #letWriterGoOn(): void {
    const done = this.#writer;
    if (done === undefined || this.#under_way_bytes >= UNDER_WAY_MAX_BYTES) return;
    this.#writer = undefined;
    done();
  }
}
