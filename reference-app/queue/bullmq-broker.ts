import { Queue, Worker as BullWorker, type Job } from 'bullmq';
import { Cluster, Redis, type RedisOptions } from 'ioredis';
import { RETRY_AFTER_MS, subscribersOf, WORKERS, type ShopEvent, type Worker } from '../effects/event.ts';
import { unavailable } from '../http/problem.ts';
import { QuietLog, type Log } from '../log.ts';
import type { Broker, ConsumerOptions, DeadLetter } from './broker.ts';

/** In braces: all keys of all queues are in one slot of a cluster, as the scripts need. */
const PREFIX = '{shop-queue}';
const COMMAND_MS = 2_000;
/** Jobs that are done are remembered for so long, so that an event published again is recognised already here. */
const REMEMBER = { age: 3_600, count: 100_000 };

export interface BullmqOptions {
  /** One Redis, or nodes of one cluster. It must not evict keys, and forgets what it does not persist. */
  readonly urls: readonly string[];
  readonly retryAfter_ms?: readonly number[];
}

/**
 * BullMQ: for each worker a queue in Redis, with its retries; jobs whose last attempt failed stay as the dead. An event that
 * has been added is on disk only as far as Redis persists: a crash can lose it, which RabbitMQ's quorum queues do not.
 */
export class BullmqBroker implements Broker {
  readonly #urls: readonly string[];
  readonly #retryAfter_ms: readonly number[];
  readonly #quiet: QuietLog;
  readonly #redis: Redis | Cluster;
  readonly #queues: ReadonlyMap<Worker, Queue<ShopEvent>>;
  readonly #workers: BullWorker<ShopEvent>[] = [];
  readonly #connections: (Redis | Cluster)[] = [];

  constructor({ urls, retryAfter_ms = RETRY_AFTER_MS }: BullmqOptions, log: Log) {
    this.#urls = urls;
    this.#retryAfter_ms = retryAfter_ms;
    this.#quiet = new QuietLog(log);
    this.#redis = this.#connect({ commandTimeout: COMMAND_MS, maxRetriesPerRequest: 0 }, false);
    const options = { connection: this.#redis, prefix: PREFIX, skipVersionCheck: true };
    this.#queues = new Map(
      WORKERS.map((worker) => {
        const queue = new Queue<ShopEvent>(worker, options);
        queue.on('error', (error) => this.#quiet.warn(error, 'the queue is away'));
        return [worker, queue];
      }),
    );
  }

  state(): 'up' | 'down' {
    return this.#redis.status === 'ready' ? 'up' : 'down';
  }

  async publish(events: readonly ShopEvent[]): Promise<void> {
    const opts = (event: ShopEvent) => ({
      jobId: `event-${event.eventId}`,
      attempts: this.#retryAfter_ms.length + 1,
      backoff: { type: 'custom' },
      removeOnComplete: REMEMBER,
      removeOnFail: false,
    });
    await Promise.all(
      Array.from(this.#queues, async ([worker, queue]) => {
        const wanted = events.filter((event) => subscribersOf(event.kind).includes(worker));
        const jobs = wanted.map((event) => ({ name: event.kind, data: event, opts: opts(event) }));
        if (jobs.length > 0) await queue.addBulk(jobs);
      }),
    );
  }

  async consume(
    worker: Worker,
    act: (event: ShopEvent) => Promise<void>,
    { concurrency, onRetry }: ConsumerOptions,
  ): Promise<void> {
    // A worker waits in blocking commands, which no timeout may cut short.
    const connection = this.#connect({ maxRetriesPerRequest: null }, true);
    const consumer = new BullWorker<ShopEvent>(worker, async (job: Job<ShopEvent>) => await act(job.data), {
      connection,
      prefix: PREFIX,
      concurrency,
      skipVersionCheck: true,
      settings: { backoffStrategy: (attemptsMade) => this.#retryAfter_ms[attemptsMade - 1] ?? 0 },
    });
    consumer.on('failed', (job, error) => {
      onRetry(error, job === undefined || job.attemptsMade > this.#retryAfter_ms.length);
    });
    consumer.on('error', (error) => this.#quiet.warn(error, 'the queue is away'));
    this.#workers.push(consumer);
    await consumer.waitUntilReady();
  }

  async list(worker: Worker, limit: number): Promise<DeadLetter[]> {
    const jobs = await this.#asked(() => this.#failed(worker, limit));
    return jobs.map((job) => ({ ...job.data, error: job.failedReason }));
  }

  async replay(worker: Worker, limit: number): Promise<number> {
    const jobs = await this.#asked(() => this.#failed(worker, limit));
    let replayed = 0;
    for (const job of jobs) if (await this.#asked(() => retried(job))) replayed += 1;
    return replayed;
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.close()));
    await Promise.all(Array.from(this.#queues.values(), (queue) => queue.close()));
    for (const connection of this.#connections) connection.disconnect();
  }

  /** For questions of clients: throws a 503 `Problem` when Redis does not answer them. BullMQ would wait for it without end. */
  async #asked<Value>(question: () => Promise<Value>): Promise<Value> {
    if (this.state() === 'down') throw unavailable('the queue is away');
    try {
      return await question();
    } catch (error) {
      throw unavailable('the queue is away', error);
    }
  }

  async #failed(worker: Worker, limit: number): Promise<Job<ShopEvent>[]> {
    return (await this.#queues.get(worker)?.getFailed(0, limit - 1)) ?? [];
  }

  #connect(
    options: Pick<RedisOptions, 'commandTimeout' | 'maxRetriesPerRequest'>,
    enableOfflineQueue: boolean,
  ): Redis | Cluster {
    const [first] = this.#urls;
    if (first === undefined) throw new RangeError('at least one Redis URL is needed');
    const retryStrategy = (attempt: number) => Math.min(attempt * 100, 1_000);
    const { password } = new URL(first);
    const credentials = password === '' ? {} : { password: decodeURIComponent(password) };
    const connection =
      this.#urls.length === 1
        ? new Redis(first, { ...options, enableOfflineQueue, retryStrategy })
        : new Cluster(
            this.#urls.map((url) => ({ host: new URL(url).hostname, port: Number(new URL(url).port || 6_379) })),
            {
              enableOfflineQueue,
              clusterRetryStrategy: retryStrategy,
              clusterNodeRetryStrategy: retryStrategy,
              redisOptions: { ...options, ...credentials },
            },
          );
    connection.on('error', (error) => this.#quiet.warn(error, 'the queue is away'));
    this.#connections.push(connection);
    return connection;
  }
}

/** Lets a dead job begin anew; false when somebody else has let it already. */
async function retried(job: Job<ShopEvent>): Promise<boolean> {
  try {
    await job.retry('failed', { resetAttemptsMade: true });
    return true;
  } catch (error) {
    if (await job.isFailed()) throw error;
    return false;
  }
}
