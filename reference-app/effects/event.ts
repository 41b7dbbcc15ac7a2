/** What happened to an order. An event is thin: whoever acts on it reads the order as it is by then. */
export const EVENT_KINDS = [
  'order.placed',
  'order.confirmed',
  'order.shipped',
  'order.cancelled',
  'payment.refund_due',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

export interface ShopEvent {
  /** Unique: what comes twice under one id is the same event. */
  readonly eventId: number;
  readonly kind: EventKind;
  readonly orderId: number;
}

export const WORKERS = ['email', 'stock', 'notification', 'payment', 'shipping', 'accounting'] as const;
export type Worker = (typeof WORKERS)[number];

/** Which worker acts on what. An order is shipped and invoiced when it is confirmed: paid, or to be paid on delivery. */
export const SUBSCRIPTIONS: Readonly<Record<Worker, readonly EventKind[]>> = {
  email: ['order.placed', 'order.shipped', 'order.cancelled'],
  stock: ['order.placed', 'order.cancelled'],
  notification: ['order.placed', 'order.confirmed', 'order.shipped', 'order.cancelled'],
  payment: ['order.placed', 'order.cancelled', 'payment.refund_due'],
  shipping: ['order.confirmed'],
  accounting: ['order.confirmed', 'order.cancelled'],
};

/** Workers whose effects are events for others. */
export const EMITTING: ReadonlySet<Worker> = new Set(['payment', 'shipping']);

export function subscribersOf(kind: EventKind): Worker[] {
  return WORKERS.filter((worker) => SUBSCRIPTIONS[worker].includes(kind));
}

/** How long to wait before the second, third and fourth attempt. After that an event is dead: somebody has to look at it. */
export const RETRY_AFTER_MS: readonly number[] = [5_000, 25_000, 125_000];
