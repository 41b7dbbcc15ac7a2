import type { Database, Statement } from '../database/database.ts';
import type { EventKind } from '../effects/event.ts';
import { QuietLog, type Log } from '../log.ts';
import type { Counts } from '../metrics/metrics.ts';
import type { OrderEvents } from '../orders/order-store.ts';
import type { Broker } from './broker.ts';

const BATCH = 200;
/** How often to look for what others left behind; one's own events are relayed at once. */
const LOOK_EVERY_MS = 1_000;
/** How long one's own wait for others to go with them: a batch costs one transaction, however many it has. */
const GATHER_MS = 20;

/** Rows that another relay is at are passed over: each is taken by one, and by the next when that one fails. */
const TAKE: Statement = {
  name: 'take-outbox',
  kind: 'write',
  text: `DELETE FROM outbox WHERE event_id IN
           (SELECT event_id FROM outbox WHERE NOT dead ORDER BY event_id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
         RETURNING event_id AS "eventId", kind, order_id AS "orderId"`,
};

interface OutboxRow {
  readonly eventId: string;
  readonly kind: EventKind;
  readonly orderId: string;
}

/**
 * Hands committed events to the broker. A row leaves the outbox in a transaction that commits only after the broker has
 * confirmed it: a crash in between publishes twice, and never not at all. While the broker is away the rows wait.
 */
export class OutboxRelay implements OrderEvents {
  readonly hold_s = 0;
  readonly #database: Database;
  readonly #broker: Broker;
  readonly #counts: Counts;
  readonly #quiet: QuietLog;
  #timer: NodeJS.Timeout | undefined;
  #soon: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  #stopped = false;

  constructor(database: Database, broker: Broker, counts: Counts, log: Log) {
    this.#database = database;
    this.#broker = broker;
    this.#counts = counts;
    this.#quiet = new QuietLog(log);
  }

  start(): void {
    this.#timer = setInterval(() => this.kick(), LOOK_EVERY_MS);
    this.#timer.unref();
    this.kick();
  }

  committed(): Promise<void> {
    this.kick();
    return Promise.resolve();
  }

  /** Relays what there is, soon. Calls until then are one run. */
  kick(): void {
    if (this.#stopped || this.#soon !== undefined) return;
    this.#soon = setTimeout(() => {
      this.#soon = undefined;
      this.#run();
    }, GATHER_MS);
  }

  #run(): void {
    if (this.#running !== undefined) {
      this.#again = true;
      return;
    }
    this.#running = this.#drain().finally(() => {
      this.#running = undefined;
      if (!this.#again) return;
      this.#again = false;
      this.#run();
    });
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    clearTimeout(this.#soon);
    this.#stopped = true;
    await this.#running;
  }

  async #drain(): Promise<void> {
    try {
      while (!this.#stopped && this.#broker.state() === 'up' && (await this.#relayBatch()) === BATCH);
    } catch (error) {
      this.#quiet.warn(error, 'events wait in the outbox');
    }
  }

  async #relayBatch(): Promise<number> {
    const relayed = await this.#database.transaction(async (transaction) => {
      const rows = await transaction.query<OutboxRow>(TAKE, []);
      if (rows.length === 0) return 0;
      const events = rows.map((row) => ({
        eventId: Number(row.eventId),
        kind: row.kind,
        orderId: Number(row.orderId),
      }));
      await this.#broker.publish(events);
      return rows.length;
    });
    this.#counts.eventsPublished += relayed;
    return relayed;
  }
}
