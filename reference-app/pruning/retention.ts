import type { Statement } from '../database/database.ts';
import { WORKERS, type Worker } from '../effects/event.ts';
import type { PrunedTable } from '../metrics/metrics.ts';

/** Rows of one short transaction. */
export const BATCH = 1_000;

const DAY_S = 86_400;
/** How long an `Idempotency-Key` is good at least: clients repeat an order within minutes. */
export const KEY_KEPT_S = DAY_S;
/**
 * How long a worker remembers an event at least. What is delivered twice comes again within minutes; a weekend is for what
 * was acted on, looked dead to the worker, and is replayed by hand.
 */
export const INBOX_KEPT_S = 3 * DAY_S;

/** Rows of a kind that may go when they are old. The statement takes at most a batch of them, and says how many it took. */
export interface Pruning {
  readonly table: PrunedTable;
  readonly statement: Statement;
  readonly values: readonly unknown[];
}

const FORGET_KEYS: Statement = {
  name: 'forget-keys',
  kind: 'write',
  text: `WITH gone AS (
           UPDATE orders SET idempotency_key = NULL, request_fingerprint = NULL WHERE order_id IN
             (SELECT order_id FROM orders
               WHERE idempotency_key IS NOT NULL AND created_at < now() - make_interval(secs => $1::float8)
               ORDER BY created_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
           RETURNING order_id)
         SELECT count(*)::integer AS rows FROM gone`,
};
/** Ids of events grow with time, so the oldest are the first of the key: no index on the time is needed. */
const FORGET_EVENTS: Statement = {
  name: 'forget-events',
  kind: 'write',
  text: `WITH first AS (
           SELECT event_id FROM inbox WHERE worker = $1 ORDER BY event_id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED),
         gone AS (
           DELETE FROM inbox i USING first f WHERE i.worker = $1 AND i.event_id = f.event_id
              AND i.done_at < now() - make_interval(secs => $2::float8)
           RETURNING i.event_id)
         SELECT count(*)::integer AS rows FROM gone`,
};

/** Keys of orders: the order stays, and a request that comes again under its key is a new one. */
export const idempotencyKeys: Pruning = { table: 'orders', statement: FORGET_KEYS, values: [KEY_KEPT_S] };

/** What workers have had. */
export function inboxOf(workers: readonly Worker[] = WORKERS): Pruning[] {
  return workers.map((worker) => ({ table: 'inbox', statement: FORGET_EVENTS, values: [worker, INBOX_KEPT_S] }));
}
