import {
  Connection,
  ConsumerStatus,
  type AsyncMessage,
  type Channel,
  type Consumer,
  type Publisher,
} from 'rabbitmq-client';
import { z } from 'zod';
import { EVENT_KINDS, RETRY_AFTER_MS, type ShopEvent, type Worker } from '../effects/event.ts';
import { unavailable } from '../http/problem.ts';
import { QuietLog, type Log } from '../log.ts';
import type { Broker, ConsumerOptions, DeadLetter } from './broker.ts';
import { deadQueueOf, EVENTS_EXCHANGE, queueOf, retryExchange, topology } from './rabbitmq-topology.ts';

/** A confirm that has not come by then is not waited for: the events stay in the outbox and are published again. */
const CONFIRM_MS = 5_000;

const shopEvent = z.object({ eventId: z.int(), kind: z.enum(EVENT_KINDS), orderId: z.int() });
const attemptHeader = z.int().min(0).catch(0);

export interface RabbitmqOptions {
  /** Nodes of one cluster, with the same credentials. */
  readonly urls: readonly string[];
  readonly name: string;
  readonly retryAfter_ms?: readonly number[];
}

/**
 * RabbitMQ: a topic exchange, a quorum queue for each worker, publisher confirms and manual acknowledgement. A failed message is
 * published to a retry queue (or the queue of the dead) before it is acknowledged: a crash in between doubles it, and loses
 * nothing. The client connects again by itself; while it is not connected, publishing fails at once.
 */
export class RabbitmqBroker implements Broker {
  readonly #connection: Connection;
  readonly #publisher: Publisher;
  readonly #retryAfter_ms: readonly number[];
  readonly #consumers: Consumer[] = [];
  readonly #quiet: QuietLog;

  constructor({ urls, name, retryAfter_ms = RETRY_AFTER_MS }: RabbitmqOptions, log: Log) {
    const [first] = urls;
    if (first === undefined) throw new RangeError('at least one AMQP URL is needed');
    const hosts = urls.map((url) => `${new URL(url).hostname}:${new URL(url).port || 5_672}`);
    this.#retryAfter_ms = retryAfter_ms;
    this.#connection = new Connection({
      url: first,
      hosts,
      connectionName: name,
      acquireTimeout: 2_000,
      connectionTimeout: 2_000,
      heartbeat: 10,
      retryLow: 200,
      retryHigh: 2_000,
      noDelay: true,
    });
    this.#quiet = new QuietLog(log);
    this.#connection.on('error', (error: unknown) => this.#quiet.warn(error, 'the broker is away'));
    this.#connection.on('connection', () => {
      this.#declare().catch((error: unknown) => this.#quiet.warn(error, 'could not declare the queues'));
    });
    this.#publisher = this.#connection.createPublisher({ confirm: true, maxAttempts: 1, ...topology(retryAfter_ms) });
  }

  state(): 'up' | 'down' {
    return this.#connection.ready ? 'up' : 'down';
  }

  async publish(events: readonly ShopEvent[]): Promise<void> {
    await confirmed(
      events.map((event) =>
        this.#publisher.send(
          { exchange: EVENTS_EXCHANGE, routingKey: event.kind, messageId: String(event.eventId), durable: true },
          event,
        ),
      ),
    );
  }

  async consume(
    worker: Worker,
    act: (event: ShopEvent) => Promise<void>,
    { concurrency, onRetry }: ConsumerOptions,
  ): Promise<void> {
    const { exchanges, queues, queueBindings } = topology(this.#retryAfter_ms);
    const { promise: ready, resolve } = Promise.withResolvers<void>();
    // Declared as publishers declare it, or the broker refuses whoever comes second.
    const own = queues.find(({ queue }) => queue === queueOf(worker));
    const consumer = this.#connection.createConsumer(
      {
        queue: queueOf(worker),
        ...(own === undefined ? {} : { queueOptions: own }),
        exchanges,
        queueBindings: queueBindings.filter(({ queue }) => queue === queueOf(worker)),
        qos: { prefetchCount: concurrency },
        concurrency,
        requeue: true,
      },
      (message) => this.#receive(worker, message, act, onRetry),
    );
    consumer.on('error', (error: unknown) => this.#quiet.warn(error, 'a consumer failed'));
    consumer.on('ready', () => resolve());
    this.#consumers.push(consumer);
    await ready;
  }

  async list(worker: Worker, limit: number): Promise<DeadLetter[]> {
    // What is looked at without being acknowledged goes back to the queue with the channel.
    return await this.#withChannel(async (channel) => {
      const letters: DeadLetter[] = [];
      for (let n = 0; n < limit; n += 1) {
        const message = await channel.basicGet({ queue: deadQueueOf(worker), noAck: false });
        if (message === undefined) break;
        const event = shopEvent.safeParse(message.body);
        if (event.success) letters.push({ ...event.data, error: String(message.headers?.['x-error'] ?? '') });
      }
      return letters;
    });
  }

  async replay(worker: Worker, limit: number): Promise<number> {
    return await this.#withChannel(async (channel) => {
      let replayed = 0;
      for (; replayed < limit; replayed += 1) {
        const message = await channel.basicGet({ queue: deadQueueOf(worker), noAck: false });
        if (message === undefined) break;
        await this.#send('', queueOf(worker), message.body, {});
        channel.basicAck({ deliveryTag: message.deliveryTag });
      }
      return replayed;
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#consumers.map((consumer) => consumer.close()));
    // While the broker is away these would wait for it.
    if (!this.#connection.ready) {
      this.#connection.unsafeDestroy();
      return;
    }
    await this.#publisher.close();
    await this.#connection.close();
  }

  /** For questions of clients: throws a 503 `Problem` when the broker does not answer them. */
  async #withChannel<Value>(work: (channel: Channel) => Promise<Value>): Promise<Value> {
    try {
      const channel = await this.#connection.acquire();
      try {
        return await work(channel);
      } finally {
        await channel.close();
      }
    } catch (error) {
      throw unavailable('the broker is away', error);
    }
  }

  /** Early, and not with the first message: a quorum queue survives a crash only from some seconds after its declaration on. */
  async #declare(): Promise<void> {
    const { exchanges, queues, queueBindings } = topology(this.#retryAfter_ms);
    const channel = await this.#connection.acquire();
    try {
      for (const queue of queues) await channel.queueDeclare(queue);
      for (const exchange of exchanges) await channel.exchangeDeclare(exchange);
      for (const binding of queueBindings) await channel.queueBind(binding);
    } finally {
      await channel.close();
    }
  }

  async #receive(
    worker: Worker,
    message: AsyncMessage,
    act: (event: ShopEvent) => Promise<void>,
    onRetry: ConsumerOptions['onRetry'],
  ): Promise<ConsumerStatus> {
    const event = shopEvent.safeParse(message.body);
    // What is not an event goes to the dead: nobody can act on it.
    if (!event.success) return ConsumerStatus.DROP;
    try {
      await act(event.data);
    } catch (error) {
      if (error instanceof Error && error.name === 'AbortError') return ConsumerStatus.REQUEUE;
      await this.#later(worker, message, error, onRetry);
    }
    return ConsumerStatus.ACK;
  }

  async #later(
    worker: Worker,
    message: AsyncMessage,
    error: unknown,
    onRetry: ConsumerOptions['onRetry'],
  ): Promise<void> {
    const attempt = attemptHeader.parse(message.headers?.['x-attempt']);
    const wait_ms = this.#retryAfter_ms[attempt];
    onRetry(error, wait_ms === undefined);
    const headers = { 'x-attempt': attempt + 1, 'x-error': String(error).slice(0, 500) };
    await (wait_ms === undefined
      ? this.#send('', deadQueueOf(worker), message.body, headers)
      : this.#send(retryExchange(wait_ms), queueOf(worker), message.body, headers));
  }

  async #send(exchange: string, routingKey: string, body: unknown, headers: Record<string, unknown>): Promise<void> {
    await confirmed([this.#publisher.send({ exchange, routingKey, headers, durable: true }, body)]);
  }
}

async function confirmed(sending: readonly Promise<void>[]): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`the broker did not confirm within ${CONFIRM_MS} ms`)), CONFIRM_MS);
  try {
    await Promise.race([Promise.all(sending), late]);
  } finally {
    clearTimeout(timer);
  }
}
