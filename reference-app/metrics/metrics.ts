import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import { LIMIT_NAMES, type LimitName } from '../rate-limits/limits.ts';

export const CACHE_KINDS = [
  'product',
  'list',
  'search',
  'cart',
  'order',
  'inventory',
  'review',
  'recommendation',
  'url',
  'address',
] as const;
export type CacheKind = (typeof CACHE_KINDS)[number];
/** Tables that are kept bounded. */
export type PrunedTable = 'inbox' | 'orders';
export type StatementKind = 'read' | 'write';
/** What the stampede policies do: wait for another instance's load, refresh early, serve an old body while it is refreshed. */
export type StampedeEvent = 'lock_wait' | 'early' | 'stale';

/**
 * What the service counts. Plain numbers on the hot path (an increment costs nanoseconds); they become Prometheus
 * metrics only when somebody asks.
 */
export class Counts {
  readonly databaseQueries: Record<StatementKind, number> = { read: 0, write: 0 };
  /** Reads where there is a choice. */
  readonly databaseReads = { primary: 0, replica: 0 };
  /** Reads that a replica answered without what the user had written, and that the primary answered again. */
  staleFallbacks = 0;
  replicaAway = 0;
  readonly cacheHits: Record<CacheKind, number> = noneOfEach(CACHE_KINDS);
  readonly cacheMisses: Record<CacheKind, number> = noneOfEach(CACHE_KINDS);
  readonly stampede: Record<StampedeEvent, number> = { lock_wait: 0, early: 0, stale: 0 };
  cacheErrors = 0;
  /** Requests under way. */
  inFlight = 0;
  shed = 0;
  /** Requests refused because their limit was used up. */
  readonly limited: Record<LimitName, number> = noneOfEach(LIMIT_NAMES);
  ordersPlaced = 0;
  ordersOutOfStock = 0;
  ordersCancelled = 0;
  eventsPublished = 0;
  /** Rows that were removed, or whose key was, because of their age. */
  readonly pruned: Record<PrunedTable, number> = { inbox: 0, orders: 0 };
  readonly #effects = new Map<string, number>();
  readonly #serviceCalls = new Map<string, number>();
  readonly #requests = new Map<string, Map<number, number>>();

  /** Counts one answered request. `route` is a pattern, never a concrete path: its number of values is bounded. */
  request(route: string, status: number): void {
    let statuses = this.#requests.get(route);
    if (statuses === undefined) this.#requests.set(route, (statuses = new Map()));
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }

  /** Counts what became of an event at a worker: done, a duplicate, held, to be retried, or dead. */
  effect(worker: string, outcome: 'done' | 'duplicate' | 'foreign' | 'held' | 'retried' | 'dead'): void {
    const key = `${worker} ${outcome}`;
    this.#effects.set(key, (this.#effects.get(key) ?? 0) + 1);
  }

  /** Counts a call of another service: answered, failed, or refused before it was made. */
  serviceCall(service: string, outcome: 'answered' | 'failed' | 'refused'): void {
    const key = `${service} ${outcome}`;
    this.#serviceCalls.set(key, (this.#serviceCalls.get(key) ?? 0) + 1);
  }

  serviceCalls(service: string, outcome: string): number {
    return this.#serviceCalls.get(`${service} ${outcome}`) ?? 0;
  }

  *allServiceCalls(): Iterable<{ service: string; outcome: string; count: number }> {
    for (const [key, count] of this.#serviceCalls) {
      const [service = '', outcome = ''] = key.split(' ');
      yield { service, outcome, count };
    }
  }

  effects(worker: string, outcome: string): number {
    return this.#effects.get(`${worker} ${outcome}`) ?? 0;
  }

  *allEffects(): Iterable<{ worker: string; outcome: string; count: number }> {
    for (const [key, count] of this.#effects) {
      const [worker = '', outcome = ''] = key.split(' ');
      yield { worker, outcome, count };
    }
  }

  *requests(): Iterable<{ route: string; status: number; count: number }> {
    for (const [route, statuses] of this.#requests) {
      for (const [status, count] of statuses) yield { route, status, count };
    }
  }
}

function noneOfEach<Kind extends string>(kinds: readonly Kind[]): Record<Kind, number> {
  // Object.fromEntries types its keys as any string.
  return Object.fromEntries(kinds.map((kind) => [kind, 0])) as Record<Kind, number>;
}

/** What is read at the moment of the scrape. */
export interface Gauges {
  poolWaiting(): number;
  poolConnections(): number;
}

/** The counts as Prometheus metrics under their published names, with the process's own when asked for. */
export function createRegistry(counts: Counts, gauges: Gauges, processMetrics: boolean): Registry {
  const registry = new Registry();
  if (processMetrics) collectDefaultMetrics({ register: registry });
  registerLabelled(registry, 'shop_database_queries_total', 'SQL statements sent', ['kind'], () =>
    byKind(counts.databaseQueries),
  );
  registerLabelled(registry, 'shop_cache_hits_total', 'Reads answered by the cache', ['kind'], () =>
    byKind(counts.cacheHits),
  );
  registerLabelled(registry, 'shop_cache_misses_total', 'Reads the cache could not answer', ['kind'], () =>
    byKind(counts.cacheMisses),
  );
  registerLabelled(registry, 'shop_database_reads_total', 'Reads by where they went, with replicas', ['target'], () =>
    Object.entries(counts.databaseReads).map(([target, count]) => [{ target }, count]),
  );
  registerLabelled(
    registry,
    'shop_stale_fallbacks_total',
    'Reads of the primary because a replica lagged behind the reader, or was away',
    ['reason'],
    () => [
      [{ reason: 'stale' }, counts.staleFallbacks],
      [{ reason: 'replica_away' }, counts.replicaAway],
    ],
  );
  registerLabelled(registry, 'shop_cache_stampede_total', 'What the stampede policy did', ['event'], () =>
    Object.entries(counts.stampede).map(([event, count]) => [{ event }, count]),
  );
  registerGauge(registry, 'shop_cache_hit_ratio', 'Share of reads that the cache answered, since the start', () =>
    hitRatio(counts),
  );
  registerLabelled(registry, 'shop_cache_errors_total', 'Cache commands that failed', [], () => [
    [{}, counts.cacheErrors],
  ]);
  registerLabelled(registry, 'shop_orders_placed_total', 'Orders committed', [], () => [[{}, counts.ordersPlaced]]);
  registerLabelled(registry, 'shop_orders_cancelled_total', 'Orders cancelled', [], () => [
    [{}, counts.ordersCancelled],
  ]);
  registerLabelled(registry, 'shop_orders_rejected_total', 'Orders refused', ['reason'], () => [
    [{ reason: 'out_of_stock' }, counts.ordersOutOfStock],
  ]);
  registerGauge(registry, 'shop_requests_in_flight', 'Requests under way', () => counts.inFlight);
  registerLabelled(registry, 'shop_requests_shed_total', 'Requests turned away at once', [], () => [[{}, counts.shed]]);
  registerLabelled(registry, 'shop_requests_limited_total', 'Requests over their limit', ['limit'], () =>
    Object.entries(counts.limited).map(([limit, count]) => [{ limit }, count]),
  );
  registerLabelled(registry, 'shop_events_published_total', 'Events the broker has confirmed', [], () => [
    [{}, counts.eventsPublished],
  ]);
  registerLabelled(registry, 'shop_rows_pruned_total', 'Old rows removed or stripped of their key', ['table'], () =>
    Object.entries(counts.pruned).map(([table, count]) => [{ table }, count]),
  );
  registerLabelled(registry, 'shop_effects_total', 'Events at workers', ['worker', 'outcome'], () =>
    Array.from(counts.allEffects(), ({ worker, outcome, count }) => [{ worker, outcome }, count]),
  );
  registerLabelled(registry, 'shop_service_calls_total', 'Calls of other services', ['service', 'outcome'], () =>
    Array.from(counts.allServiceCalls(), ({ service, outcome, count }) => [{ service, outcome }, count]),
  );
  registerLabelled(registry, 'shop_http_requests_total', 'Requests answered', ['route', 'status'], () =>
    Array.from(counts.requests(), ({ route, status, count }) => [{ route, status: String(status) }, count]),
  );
  registerGauge(
    registry,
    'shop_database_pool_waiting',
    'Requests waiting for a database connection',
    gauges.poolWaiting,
  );
  registerGauge(registry, 'shop_database_pool_connections', 'Database connections of the pool', gauges.poolConnections);
  return registry;
}

function hitRatio(counts: Counts): number {
  const sum = (record: Record<string, number>) => Object.values(record).reduce((total, value) => total + value, 0);
  const hits = sum(counts.cacheHits);
  return hits === 0 ? 0 : hits / (hits + sum(counts.cacheMisses));
}

type Sample = [labels: Record<string, string>, value: number];

function byKind(record: Readonly<Record<string, number>>): Sample[] {
  return Object.entries(record).map(([kind, value]) => [{ kind }, value]);
}

/** A counter whose samples `read` yields at each scrape. */
export function registerLabelled(
  registry: Registry,
  name: string,
  help: string,
  labelNames: string[],
  read: () => Sample[],
): void {
  const counter = new Counter({
    name,
    help,
    labelNames,
    registers: [registry],
    collect() {
      counter.reset();
      for (const [labels, value] of read()) counter.inc(labels, value);
    },
  });
}

function registerGauge(registry: Registry, name: string, help: string, read: () => number): void {
  const gauge = new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      gauge.set(read());
    },
  });
}
