import type { Schedule } from '../../model/workload/workload.ts';
import type { Flight } from '../ledger/flight.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { RecordLine } from './record-line.ts';
import { SendLag } from './send-lag.ts';

/** Keeps account of k6's requests from the lines that its script writes. Times in µs from the start of the schedule. */
export class Account {
  readonly lag: SendLag;
  /** Requests of each phase that were sent, by second of the schedule. */
  readonly sentBySecond: number[][];
  readonly #ledger: Ledger;
  readonly #flights = new Map<number, Flight>();
  #started_at_ms = 0;
  #latest_us = 0;
  /** Seconds before this have been closed by a tick. */
  #open_us = 0;

  constructor(schedule: Schedule, ledger: Ledger) {
    this.lag = new SendLag(schedule);
    this.sentBySecond = schedule.phases.map(() => []);
    this.#ledger = ledger;
  }

  startAt(started_at_ms: number): void {
    this.#started_at_ms = started_at_ms;
  }

  /** The latest moment that was told of. */
  get latest_us(): number {
    return this.#latest_us;
  }

  get underWay(): number {
    return this.#flights.size;
  }

  /** Seconds until then are over: what is told late counts for the next. */
  ticked(now_us: number): void {
    this.#open_us = Math.max(this.#open_us, Math.floor(now_us / 1e6) * 1e6);
  }

  take(line: Exclude<RecordLine, { type: 'started' }>): void {
    if (line.type === 'sent') this.#sent(line);
    else this.#ended(line);
  }

  /** Gives up what has not ended. */
  close(now_us: number): void {
    for (const flight of this.#flights.values()) {
      this.#ledger.ended(flight, 'abandoned', 0, Math.max(now_us, flight.sent_us));
    }
    this.#flights.clear();
  }

  #sent({ phase, n, class_index, began_ms, at_ms }: Extract<RecordLine, { type: 'sent' }>): void {
    const at_us = Math.max(0, Math.round((at_ms - this.#started_at_ms) * 1000));
    this.#latest_us = Math.max(this.#latest_us, at_us);
    this.lag.sent(phase, n, (at_ms - began_ms) * 1000);
    const sent_us = Math.max(at_us, this.#open_us);
    const bySecond = this.sentBySecond[phase];
    const second = Math.floor(sent_us / 1e6);
    if (bySecond) bySecond[second] = (bySecond[second] ?? 0) + 1;
    this.#flights.set(keyOf(phase, n), { class_index, phase, intended_us: sent_us, sent_us });
    this.#ledger.scheduled(class_index, phase, sent_us);
    this.#ledger.sent(class_index, phase);
  }

  #ended({ phase, n, ending, status, service_us }: Extract<RecordLine, { type: 'ended' }>): void {
    const key = keyOf(phase, n);
    const flight = this.#flights.get(key);
    if (flight === undefined) throw new Error(`request ${n} of phase ${phase} ended before it was sent`);
    this.#flights.delete(key);
    this.#ledger.ended(flight, ending, status, flight.sent_us + service_us);
  }
}

/** Both as one number: a job has at most 512 phases and 1e9 requests. */
function keyOf(phase: number, n: number): number {
  return phase * 2 ** 32 + n;
}
