import { createServer, type Server } from 'node:http';
import express from 'express';
import { noCache } from './cache/cache.ts';
import { RedisCache } from './cache/redis-cache.ts';
import { Database } from './database/database.ts';
import { Effects } from './effects/effects.ts';
import { effectPeers } from './effects/effect-peers.ts';
import { EMITTING } from './effects/event.ts';
import { Patience } from './effects/patience.ts';
import { DatabaseProbe } from './health/health.ts';
import { addHealthRoutes } from './health/health-routes.ts';
import { errorHandler, unknownRoute } from './http/error-handler.ts';
import { connectPeers } from './internal/peers.ts';
import { QuietLog, type Log } from './log.ts';
import { Counts, createRegistry } from './metrics/metrics.ts';
import { Pruner } from './pruning/pruner.ts';
import { inboxOf } from './pruning/retention.ts';
import { createBroker } from './queue/create-broker.ts';
import type { Broker } from './queue/broker.ts';
import { OutboxRelay } from './queue/outbox-relay.ts';
import type { WorkerSettings } from './settings.ts';
import { connectThirdParties } from './third-party/third-parties.ts';

/** What does not end within this time is left to the broker, which gives it to somebody else. */
const STOP_MS = 10_000;

/** One running worker. */
export interface WorkerService {
  readonly server: Server;
  readonly counts: Counts;
  /** Answers /health and /metrics, and begins to receive as soon as the broker is there. Rejects when the port is taken. */
  listen(): Promise<void>;
  /** Finishes what is being worked on, then closes everything. Safe to call twice. */
  stop(): Promise<void>;
}

/** Builds a worker from its settings. `broker` is for tests; otherwise it is made as the settings say. */
export async function createWorker(
  settings: WorkerSettings,
  log: Log,
  processMetrics = true,
  given?: Broker,
): Promise<WorkerService> {
  const counts = new Counts();
  const applicationName = `shop-${settings.instanceId}`;
  const { databaseUrl: url, databasePoolMax: poolMax, redisUrls: urls, worker, concurrency } = settings;
  const database = new Database({ url, poolMax, applicationName }, counts, log);
  const probe = new DatabaseProbe(url, applicationName, counts);
  const cache = urls.length === 0 ? noCache : new RedisCache({ urls }, counts, log);
  const thirdParties = await connectThirdParties(settings.thirdPartyUrl);
  const peers = await connectPeers(settings.peers, settings.serviceSecret, counts);
  const broker = given ?? (await createBroker(settings, log));
  if (broker === undefined) throw new RangeError('a worker needs a queue');
  // What an effect leads to is relayed here as well, so that orders go on while the application is away.
  const relay = new OutboxRelay(database, broker, counts, log);
  const effects = new Effects({ database, cache, thirdParties, counts, ...effectPeers(peers) });
  const pruner = new Pruner(database, inboxOf([worker]), counts, log);
  const stopping = new AbortController();
  const patience = new Patience((name, event) => effects.perform(name, event), counts, stopping.signal);
  const quiet = new QuietLog(log);
  let stopped: Promise<void> | undefined;

  const gauges = { poolWaiting: () => database.waiting, poolConnections: () => database.connections };
  const registry = createRegistry(counts, gauges, processMetrics);
  const app = express();
  app.disable('x-powered-by');
  const isDraining = () => stopped !== undefined;
  addHealthRoutes(app, { probe, cache, broker, registry, instanceId: settings.instanceId, isDraining });
  app.use(unknownRoute);
  app.use(errorHandler(log));
  const server = createServer(app);

  const consume = async () => {
    await broker.consume(
      worker,
      async (event) => {
        await patience.perform(worker, event);
        if (EMITTING.has(worker)) relay.kick();
      },
      {
        concurrency,
        onRetry: (error, dead) => {
          counts.effect(worker, dead ? 'dead' : 'retried');
          quiet.warn(error, dead ? 'an event is dead' : 'an event will be tried again');
        },
      },
    );
    log.info({ worker }, 'receiving');
  };

  const stop = async () => {
    stopping.abort();
    const { promise: deadline, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, STOP_MS);
    const close = async () => {
      server.close();
      server.closeIdleConnections();
      await relay.stop();
      await pruner.stop();
      await broker.close();
      await thirdParties.close();
      await peers.close();
      cache.close();
      await Promise.all([database.close(), probe.close()]);
    };
    await Promise.race([close(), deadline]);
    server.closeAllConnections();
    clearTimeout(timer);
  };

  return {
    server,
    counts,
    listen: async () => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      server.once('error', reject);
      server.listen({ port: settings.port, host: settings.host }, resolve);
      await promise;
      server.off('error', reject);
      relay.start();
      pruner.start();
      consume().catch((error: unknown) => log.error({ err: error }, 'cannot receive'));
    },
    stop: () => (stopped ??= stop()),
  };
}
