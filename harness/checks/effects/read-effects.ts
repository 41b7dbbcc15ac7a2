import { z } from 'zod';
import type { Effect } from '../../../model/consistency/compare-effects.ts';
import type { Primary } from '../primary.ts';

/** What the database of the orders, or that of the payments, says of the effects of orders. */
export interface EffectsRead {
  readonly effects: readonly Effect[];
  /** Events and errands that nobody has carried on yet. */
  readonly waiting: number;
  /** How often third parties were to act, by what they were asked for. */
  readonly asked: Readonly<Record<string, number>>;
}

/** Which worker acts on what, as the application's own list of subscriptions has it. */
const SUBSCRIPTIONS: Readonly<Record<string, readonly string[]>> = {
  email: ['order.placed', 'order.shipped', 'order.cancelled'],
  stock: ['order.placed', 'order.cancelled'],
  notification: ['order.placed', 'order.confirmed', 'order.shipped', 'order.cancelled'],
  payment: ['order.placed', 'order.cancelled'],
  shipping: ['order.confirmed'],
  accounting: ['order.confirmed', 'order.cancelled'],
};

const EVENTS = `
  WITH placed AS (SELECT order_id FROM orders WHERE created_at >= to_timestamp($1)),
       events AS (SELECT order_id, 'order.placed' AS kind FROM placed
                  UNION ALL
                  SELECT order_id, 'order.' || lower(e.status) FROM order_events e JOIN placed USING (order_id)
                   WHERE e.status IN ('CONFIRMED', 'SHIPPED', 'CANCELLED'))`;
const NOTIFICATIONS = `${EVENTS}
  SELECT e.order_id::text AS "order", e.kind, count(n.notification_id)::integer AS found
    FROM events e LEFT JOIN notifications n ON n.order_id = e.order_id AND n.kind = e.kind GROUP BY 1, 2`;
const PAYMENTS = `
  SELECT o.order_id::text AS "order", count(p.*)::integer AS found, bool_or(p.status <> 'PENDING' OR p.payment_method = 'COD') AS settled
    FROM orders o LEFT JOIN payments p USING (order_id) WHERE o.created_at >= to_timestamp($1) GROUP BY 1`;
const DONE = `SELECT worker, count(*)::integer AS found FROM inbox WHERE done_at >= to_timestamp($1) GROUP BY 1`;
/** Whoever pays on delivery is charged by nobody. */
const ASKED = `
  WITH moved AS (SELECT e.status, p.payment_method <> 'COD' AS charged, p.status AS payment,
                        EXISTS (SELECT FROM order_events c WHERE c.order_id = e.order_id AND c.status = 'CONFIRMED') AS confirmed
                   FROM order_events e
                   JOIN LATERAL (SELECT * FROM payments WHERE order_id = e.order_id ORDER BY payment_id LIMIT 1) p ON true
                  WHERE e.at >= to_timestamp($1))
  SELECT count(*) FILTER (WHERE charged AND (status = 'CONFIRMED' OR status = 'CANCELLED' AND payment = 'FAILED'))::integer AS charges,
         count(*) FILTER (WHERE status = 'SHIPPED')::integer AS labels,
         count(*) FILTER (WHERE status = 'CONFIRMED' OR status = 'CANCELLED' AND confirmed)::integer AS bookings
    FROM moved`;
const OUTBOX = 'SELECT count(*)::integer AS waiting FROM outbox';
const ERRANDS = 'SELECT count(*)::integer AS waiting FROM errands';

const notificationShape = z.object({ order: z.string(), kind: z.string(), found: z.number() });
const paymentShape = z.object({ order: z.string(), found: z.number(), settled: z.boolean().nullable() });
const doneShape = z.object({ worker: z.string(), found: z.number() });
const askedShape = z.object({ charges: z.number(), labels: z.number(), bookings: z.number() });
const waitingShape = z.object({ waiting: z.number() });

/**
 * Reads what became of all orders since then (s since the epoch). Null in a database that has no events. An inbox has one row an event and worker,
 * so that it shows what is missing, not what happened twice; and an older event may have been acted on since.
 */
export async function readEffects(
  primary: Primary,
  since_s: number,
  workers: ReadonlySet<string>,
): Promise<EffectsRead | null> {
  const tables = await primary.tables(['outbox', 'inbox', 'errands']);
  if (!tables.has('outbox')) return null;
  const waiting = [OUTBOX, ...(tables.has('errands') ? [ERRANDS] : [])];
  const counted = await Promise.all(waiting.map((text) => primary.rows(waitingShape, text)));
  const events = await primary.rows(notificationShape, NOTIFICATIONS, [since_s]);
  const payments = await primary.rows(paymentShape, PAYMENTS, [since_s]);
  const done = new Map((await primary.rows(doneShape, DONE, [since_s])).map(({ worker, found }) => [worker, found]));
  const [asked] = await primary.rows(askedShape, ASKED, [since_s]);
  const inboxes = [...workers].map((worker): Effect => {
    const expected = events.filter(({ kind }) => SUBSCRIPTIONS[worker]?.includes(kind)).length;
    const of = `${expected} events`;
    return { what: `inbox of ${worker}`, of, expected, found: Math.min(expected, done.get(worker) ?? 0) };
  });
  return {
    effects: [
      ...(workers.has('notification') ? events.map(notificationOf) : []),
      ...payments.map(({ order, found }) => ({ what: 'payment', of: `order ${order}`, expected: 1, found })),
      ...(workers.has('payment') ? payments.map(settlementOf) : []),
      ...inboxes,
    ],
    waiting: counted.flat().reduce((sum, each) => sum + each.waiting, 0),
    asked: {
      'email/messages': done.get('email') ?? 0,
      'payment/charges': asked?.charges ?? 0,
      'shipping/labels': asked?.labels ?? 0,
      'accounting/bookings': asked?.bookings ?? 0,
    },
  };
}

function notificationOf({ order, kind, found }: z.infer<typeof notificationShape>): Effect {
  return { what: 'notification', of: `order ${order}, ${kind}`, expected: 1, found };
}

function settlementOf({ order, settled }: z.infer<typeof paymentShape>): Effect {
  return { what: 'settlement', of: `order ${order}`, expected: 1, found: settled === true ? 1 : 0 };
}
