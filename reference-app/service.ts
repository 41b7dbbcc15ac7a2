import type { Server } from 'node:http';
import { createApp } from './app.ts';
import { Passwords } from './auth/passwords.ts';
import { noCache, type Cache } from './cache/cache.ts';
import { INVALIDATION_HOLD_S, RedisCache } from './cache/redis-cache.ts';
import { warmCache } from './cache/warming.ts';
import { Database, type Queries } from './database/database.ts';
import { SplitDatabase } from './database/read-split.ts';
import { Freshness } from './database/read-your-writes.ts';
import { Effects } from './effects/effects.ts';
import { InlineEffects } from './effects/inline-effects.ts';
import { connectPeers, type Peers } from './internal/peers.ts';
import { DatabaseProbe } from './health/health.ts';
import { allowOrigins } from './http/cors.ts';
import { createHttpServer, drain, listen, withinDrain } from './http/lifecycle.ts';
import { createConverter } from './images/conversion.ts';
import { connectStore } from './images/connect-store.ts';
import type { Uploads } from './images/product-images.ts';
import type { Log } from './log.ts';
import { Counts, createRegistry } from './metrics/metrics.ts';
import type { Broker } from './queue/broker.ts';
import { createBroker } from './queue/create-broker.ts';
import { ProductStore } from './products/product-store.ts';
import { ViewCounts } from './products/view-counts.ts';
import { OutboxRelay } from './queue/outbox-relay.ts';
import { Pruner } from './pruning/pruner.ts';
import { idempotencyKeys, inboxOf } from './pruning/retention.ts';
import { RateLimiter } from './rate-limits/rate-limiter.ts';
import type { Background } from './rounds.ts';
import { compose } from './services/composition.ts';
import { connectThirdParties, type ThirdParties } from './third-party/third-parties.ts';
import { effectPeers } from './effects/effect-peers.ts';
import { RecentOrders } from './orders/recent-orders.ts';
import type { Settings } from './settings.ts';

/** How long to wait for the cache at start before serving without it. */
const CACHE_START_MS = 1_000;

/** One running instance. */
export interface Service {
  readonly server: Server;
  readonly counts: Counts;
  /** Listens on the configured address; rejects when that is taken. */
  listen(): Promise<void>;
  /** Stops accepting, lets what runs finish (up to a deadline), then closes database and cache. Safe to call twice. */
  stop(): Promise<void>;
}

/** Builds an instance from its settings; nothing listens yet. `processMetrics` adds Node's own figures to /metrics. */
export async function createService(settings: Settings, log: Log, processMetrics = true): Promise<Service> {
  const counts = new Counts();
  const applicationName = `shop-${settings.instanceId}`;
  const options = { url: settings.databaseUrl, poolMax: settings.databasePoolMax, applicationName };
  const primary = new Database(options, counts, log);
  const readUrl = settings.databaseReadUrl;
  const replica = readUrl === undefined ? undefined : new Database({ ...options, url: readUrl }, counts, log);
  const probe = new DatabaseProbe(settings.databaseUrl, applicationName, counts);
  const cache = createCache(settings, counts, log);
  const { readYourWrites, readYourWritesWindow_ms } = settings;
  const freshness = new Freshness(readYourWrites, readYourWritesWindow_ms, cache);
  const database = replica === undefined ? primary : new SplitDatabase(primary, replica, freshness, counts);
  const recentOrders =
    replica !== undefined && readYourWrites === 'cache-after-write'
      ? new RecentOrders(cache, readYourWritesWindow_ms)
      : undefined;
  const passwords = new Passwords(settings.bcryptCost);
  const { service, serviceSecret } = settings;
  const hasProducts = service === 'shop' || service === 'product';
  const peers = await connectPeers(settings.peers, serviceSecret, counts);
  // Events are of orders: the other services have none to carry on.
  const carriesOn = service === 'shop' || service === 'order';
  const broker = carriesOn ? await createBroker(settings, log) : undefined;
  const events = carriesOn
    ? await createEvents({ settings, database: primary, cache, broker, peers, counts, log })
    : undefined;
  const deadLetters = broker ?? (events instanceof InlineEffects ? events : undefined);
  const thirdParties = await connectThirdParties(service === 'payment' ? settings.thirdPartyUrl : undefined);
  const views = settings.viewCounts ? new ViewCounts(database, log) : undefined;
  // Where there are workers, each forgets its own events. Services keep the keys: a reservation's id is made of one, and under a
  // key that was forgotten an order would meet the reservation of the order before.
  const prunings = [
    ...(service === 'shop' ? [idempotencyKeys] : []),
    ...(events instanceof InlineEffects ? inboxOf() : []),
  ];
  const pruner = new Pruner(primary, prunings, counts, log);
  const rateLimiter = settings.rateLimits ? new RateLimiter(settings.redisUrls, counts, log) : undefined;
  const gauges = {
    poolWaiting: () => primary.waiting + (replica?.waiting ?? 0),
    poolConnections: () => primary.connections + (replica?.connections ?? 0),
  };
  let stopping: Promise<void> | undefined;
  const { jwtSecret, webhookSecret, imagesUrl } = settings;
  const uploads = hasProducts ? await createUploads(settings) : undefined;
  const parts = {
    database,
    primary,
    cache,
    peers,
    counts,
    log,
    jwtSecret,
    webhookSecret,
    uploads,
    imagesUrl,
    passwords,
    views,
    recentOrders,
  };
  const composition =
    service === 'shop' || serviceSecret === undefined
      ? undefined
      : compose(service, { ...parts, events, deadLetters, thirdParties }, serviceSecret);
  const background = [...(composition?.background ?? []), pruner];

  const app = createApp({
    database,
    cache,
    recentOrders,
    events,
    composition,
    deadLetters,
    broker,
    webhookSecret,
    uploads,
    imagesUrl,
    inFlightMax: settings.inFlightMax,
    cors: allowOrigins(settings.corsOrigins),
    rateLimiter,
    views,
    probe,
    passwords,
    counts,
    log,
    registry: createRegistry(counts, gauges, processMetrics),
    jwtSecret,
    instanceId: settings.instanceId,
    isDraining: () => stopping !== undefined,
  });
  const server = createHttpServer(app);

  return {
    server,
    counts,
    listen: async () => {
      await Promise.all([
        service === 'shop' || service === 'user' ? passwords.prepare() : undefined,
        cache instanceof RedisCache ? cache.connected(CACHE_START_MS) : undefined,
      ]);
      if (settings.warming && hasProducts && cache.state() === 'up')
        await warm(new ProductStore(database, cache, imagesUrl), database, cache, log);
      await listen(server, settings);
      events?.start();
      views?.start();
      for (const each of background) each.start();
    },
    stop: () =>
      (stopping ??= stop(
        server,
        {
          background,
          views,
          events,
          broker,
          rateLimiter,
          peers,
          thirdParties,
          databases: [primary, replica, probe],
          cache,
        },
        log,
      )),
  };
}

/** Who carries on what follows from an order: a queue, this process, or nobody, when there is no third party to call. */
async function createEvents(parts: {
  settings: Settings;
  database: Database;
  cache: Cache;
  broker: Broker | undefined;
  peers: Peers;
  counts: Counts;
  log: Log;
}): Promise<OutboxRelay | InlineEffects | undefined> {
  const { settings, database, cache, broker, peers, counts, log } = parts;
  if (broker !== undefined) return new OutboxRelay(database, broker, counts, log);
  // Reservations have to be confirmed in any case.
  if (settings.thirdPartyUrl === undefined && settings.service !== 'order') return undefined;
  const thirdParties = await connectThirdParties(settings.thirdPartyUrl);
  const effects = new Effects({ database, cache, thirdParties, counts, ...effectPeers(peers) });
  return new InlineEffects(database, effects, log);
}

async function createUploads({ objectStore }: Settings): Promise<Uploads | undefined> {
  if (objectStore === undefined) return undefined;
  return { store: connectStore(objectStore.url, objectStore.kind), convert: await createConverter() };
}

/** A cold cache is slower, not wrong: what goes wrong here must not keep an instance from serving. */
async function warm(products: ProductStore, database: Queries, cache: Cache, log: Log): Promise<void> {
  try {
    log.info({ pages: await warmCache(products, database, cache) }, 'warmed the cache');
  } catch (error) {
    log.warn({ err: error }, 'could not warm the cache');
  }
}

function createCache(settings: Settings, counts: Counts, log: Log): Cache {
  const { redisUrls: urls, stampede, databaseReadUrl } = settings;
  if (urls.length === 0) return noCache;
  // A replica may hand readers what it had before the invalidation for as long as it lags.
  const lag_s = databaseReadUrl === undefined ? 0 : Math.ceil(settings.readYourWritesWindow_ms / 1_000);
  return new RedisCache({ urls, stampede, hold_s: INVALIDATION_HOLD_S + lag_s }, counts, log);
}

interface Parts {
  readonly background: readonly Background[];
  readonly peers: Peers;
  readonly thirdParties: ThirdParties;
  readonly views: { stop(): Promise<void> } | undefined;
  readonly events: { stop(): Promise<void> } | undefined;
  readonly broker: { close(): Promise<void> } | undefined;
  readonly rateLimiter: RateLimiter | undefined;
  readonly databases: readonly ({ close(): Promise<void> } | undefined)[];
  readonly cache: Cache;
}

async function stop(server: Server, parts: Parts, log: Log): Promise<void> {
  const { background, views, events, broker, rateLimiter, peers, thirdParties, databases, cache } = parts;
  await drain(server, log);
  const close = async () => {
    await Promise.all(background.map((each) => each.stop()));
    await views?.stop();
    await events?.stop();
    await broker?.close();
    rateLimiter?.close();
    await peers.close();
    await thirdParties.close();
    cache.close();
    await Promise.all(databases.map((database) => database?.close()));
  };
  await withinDrain(close());
}
