import { RETRY_AFTER_MS, SUBSCRIPTIONS, WORKERS, type Worker } from '../effects/event.ts';

interface QueueArguments {
  readonly 'x-dead-letter-strategy'?: string;
  readonly 'x-dead-letter-exchange'?: string;
  readonly 'x-dead-letter-routing-key'?: string;
  readonly 'x-overflow'?: 'reject-publish';
  readonly 'x-delivery-limit'?: number;
  readonly 'x-max-length'?: number;
  readonly 'x-message-ttl'?: number;
}

/** Where events are published, by their kind. */
export const EVENTS_EXCHANGE = 'shop.events';
/** More than this waiting, and the broker refuses: the events wait in the outbox instead. */
const QUEUE_LENGTH_MAX = 1_000_000;
/** A message that ends its worker this often is dead. */
const DELIVERIES_MAX = 10;

export function queueOf(worker: Worker): string {
  return `shop.${worker}`;
}

export function deadQueueOf(worker: Worker): string {
  return `shop.${worker}.dead`;
}

/** Where a message waits before the attempt after `attempt` (from 0): published there under its queue's name. */
export function retryExchange(wait_ms: number): string {
  return `shop.retry.${wait_ms}`;
}

/**
 * All queues are quorum queues: replicated where the broker is a cluster, and on disk before a publish is confirmed. A message
 * that waits in a retry queue, where all wait equally long, goes back to the queue whose name is its routing key.
 */
export function topology(retryAfter_ms: readonly number[] = RETRY_AFTER_MS) {
  const quorum = (queue: string, more: QueueArguments = {}) => ({
    queue,
    durable: true,
    arguments: { 'x-queue-type': 'quorum' as const, ...more },
  });
  // Dead-lettering that survives a crash needs a queue that refuses what does not fit, instead of dropping it.
  const safely = {
    'x-dead-letter-strategy': 'at-least-once',
    'x-overflow': 'reject-publish' as const,
    'x-dead-letter-exchange': '',
  };
  const waits = [...new Set(retryAfter_ms)];
  return {
    exchanges: [
      { exchange: EVENTS_EXCHANGE, type: 'topic', durable: true },
      ...waits.map((wait_ms) => ({ exchange: retryExchange(wait_ms), type: 'fanout', durable: true })),
    ],
    queues: [
      ...WORKERS.map((worker) =>
        quorum(queueOf(worker), {
          ...safely,
          'x-dead-letter-routing-key': deadQueueOf(worker),
          'x-delivery-limit': DELIVERIES_MAX,
          'x-max-length': QUEUE_LENGTH_MAX,
        }),
      ),
      ...WORKERS.map((worker) => quorum(deadQueueOf(worker))),
      ...waits.map((wait_ms) => quorum(retryExchange(wait_ms), { ...safely, 'x-message-ttl': wait_ms })),
    ],
    queueBindings: [
      ...WORKERS.flatMap((worker) =>
        SUBSCRIPTIONS[worker].map((kind) => ({
          exchange: EVENTS_EXCHANGE,
          queue: queueOf(worker),
          routingKey: kind,
        })),
      ),
      ...waits.map((wait_ms) => ({ exchange: retryExchange(wait_ms), queue: retryExchange(wait_ms), routingKey: '' })),
    ],
  };
}
