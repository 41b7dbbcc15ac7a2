import type { Database, Statement, Transaction } from '../database/database.ts';
import { QuietLog, type Log } from '../log.ts';
import type { OrderEvents } from '../orders/order-store.ts';
import type { DeadLetter, DeadLetters } from '../queue/broker.ts';
import { ThirdPartyError } from '../third-party/third-parties.ts';
import type { Effects } from './effects.ts';
import { RETRY_AFTER_MS, subscribersOf, type EventKind, type ShopEvent, type Worker } from './event.ts';

/** Longer than all effects of one event can take; whoever has not finished by then has died. */
const HOLD_S = 120;
const LOOK_EVERY_MS = 1_000;
const BATCH = 10;

interface DueRow {
  readonly eventId: string;
  readonly kind: EventKind;
  readonly orderId: string;
  readonly attempts: number;
}

const CLAIM_OF_ORDER: Statement = claim('claim-events-of-order', 'order_id = $1 AND attempts = 0 AND NOT dead');
const CLAIM_DUE: Statement = claim('claim-due-events', '$1 > 0 AND due_at <= now() AND NOT dead');
const DONE: Statement = { name: 'event-done', kind: 'write', text: 'DELETE FROM outbox WHERE event_id = $1' };
const LATER: Statement = {
  name: 'event-later',
  kind: 'write',
  text: `UPDATE outbox SET attempts = attempts + $2, due_at = now() + make_interval(secs => $3::float8), dead = $4, last_error = $5
          WHERE event_id = $1`,
};
const LIST_DEAD: Statement = {
  kind: 'read',
  text: `SELECT event_id AS "eventId", kind, order_id AS "orderId", last_error AS error FROM outbox WHERE dead
          ORDER BY event_id LIMIT $1`,
};
const REPLAY_DEAD: Statement = {
  kind: 'write',
  text: `UPDATE outbox SET dead = false, attempts = 0, due_at = now()
          WHERE event_id IN (SELECT event_id FROM outbox WHERE dead ORDER BY event_id LIMIT $1) RETURNING event_id`,
};

/**
 * The effects of an order without a queue: within the request, one after the other, as long as it takes. What fails stays in
 * the outbox and is tried again after 5, 25 and 125 s by any instance; the order itself stands in any case.
 */
export class InlineEffects implements OrderEvents, DeadLetters {
  readonly hold_s = HOLD_S;
  readonly #database: Database;
  readonly #effects: Effects;
  readonly #quiet: QuietLog;
  readonly #retryAfter_ms: readonly number[];
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(database: Database, effects: Effects, log: Log, retryAfter_ms: readonly number[] = RETRY_AFTER_MS) {
    this.#database = database;
    this.#effects = effects;
    this.#quiet = new QuietLog(log);
    this.#retryAfter_ms = retryAfter_ms;
  }

  /** Begins to look after events whose time has come: retries, and what instances left behind that died. */
  start(): void {
    this.#schedule();
  }

  async committed(orderId: number): Promise<void> {
    try {
      // An effect may be the cause of further events: a payment confirms the order, and then it is shipped.
      while ((await this.#carryOn(CLAIM_OF_ORDER, orderId)) > 0);
    } catch (error) {
      this.#quiet.warn(error, 'effects of an order are left for later');
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#looking;
    await this.#effects.close();
  }

  async list(_worker: Worker, limit: number): Promise<DeadLetter[]> {
    const rows = await this.#database.query<DueRow & { error: string }>(LIST_DEAD, [limit]);
    return rows.map((row) => ({ ...toEvent(row), error: row.error }));
  }

  async replay(_worker: Worker, limit: number): Promise<number> {
    return (await this.#database.query(REPLAY_DEAD, [limit])).length;
  }

  #schedule(): void {
    this.#timer = setTimeout(() => {
      this.#looking = this.#look().finally(() => {
        if (!this.#stopped) this.#schedule();
      });
    }, LOOK_EVERY_MS);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    try {
      while (!this.#stopped && (await this.#carryOn(CLAIM_DUE, BATCH)) > 0);
    } catch (error) {
      this.#quiet.warn(error, 'could not look for events that are due');
    }
  }

  /** Claims events, acts on each, and returns how many there were. */
  async #carryOn(statement: Statement, value: number): Promise<number> {
    const rows = await this.#database.transaction((transaction: Transaction) =>
      transaction.query<DueRow>(statement, [value]),
    );
    for (const row of rows) await this.#actOn(row);
    return rows.length;
  }

  async #actOn(row: DueRow): Promise<void> {
    const event = toEvent(row);
    let failed: unknown;
    for (const worker of subscribersOf(event.kind)) {
      try {
        await this.#effects.perform(worker, event);
      } catch (error) {
        // The others are not held up by one who is away; those who succeeded know the event when it comes again.
        failed ??= error;
      }
    }
    await (failed === undefined ? this.#database.query(DONE, [row.eventId]) : this.#later(row, failed));
  }

  async #later(row: DueRow, error: unknown): Promise<void> {
    this.#quiet.warn(error, 'an effect failed and is left for later');
    const asked_s = error instanceof ThirdPartyError ? error.retryAfter_s : undefined;
    const wait_ms = this.#retryAfter_ms[row.attempts];
    const dead = asked_s === undefined && wait_ms === undefined;
    const wait_s = asked_s ?? (wait_ms ?? 0) / 1_000;
    // An event that was put off at the third party's wish keeps its attempts, but is no longer this request's.
    const attempts = asked_s === undefined || row.attempts === 0 ? 1 : 0;
    await this.#database.query(LATER, [row.eventId, attempts, wait_s, dead, String(error).slice(0, 500)]);
  }
}

function toEvent({ eventId, kind, orderId }: Pick<DueRow, 'eventId' | 'kind' | 'orderId'>): ShopEvent {
  return { eventId: Number(eventId), kind, orderId: Number(orderId) };
}

/** Takes events for a while: nobody else does, unless the while passes. */
function claim(name: string, which: string): Statement {
  return {
    name,
    kind: 'write',
    text: `UPDATE outbox SET due_at = now() + interval '${HOLD_S} s'
            WHERE event_id IN (SELECT event_id FROM outbox WHERE ${which} ORDER BY event_id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
           RETURNING event_id AS "eventId", kind, order_id AS "orderId", attempts`,
  };
}
