import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';

export const CACHE_KINDS = ['product', 'list', 'search', 'cart'] as const;
export type CacheKind = (typeof CACHE_KINDS)[number];
export type StatementKind = 'read' | 'write';

/**
 * What the service counts. Plain numbers on the hot path (an increment costs nanoseconds); they become Prometheus
 * metrics only when somebody asks.
 */
export class Counts {
  readonly databaseQueries: Record<StatementKind, number> = { read: 0, write: 0 };
  readonly cacheHits: Record<CacheKind, number> = { product: 0, list: 0, search: 0, cart: 0 };
  readonly cacheMisses: Record<CacheKind, number> = { product: 0, list: 0, search: 0, cart: 0 };
  cacheErrors = 0;
  ordersPlaced = 0;
  ordersOutOfStock = 0;
  ordersCancelled = 0;
  readonly #requests = new Map<string, Map<number, number>>();

  /** Counts one answered request. `route` is a pattern, never a concrete path: its number of values is bounded. */
  request(route: string, status: number): void {
    let statuses = this.#requests.get(route);
    if (statuses === undefined) this.#requests.set(route, (statuses = new Map()));
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }

  *requests(): Iterable<{ route: string; status: number; count: number }> {
    for (const [route, statuses] of this.#requests) {
      for (const [status, count] of statuses) yield { route, status, count };
    }
  }
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

type Sample = [labels: Record<string, string>, value: number];

function byKind(record: Readonly<Record<string, number>>): Sample[] {
  return Object.entries(record).map(([kind, value]) => [{ kind }, value]);
}

function registerLabelled(
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
