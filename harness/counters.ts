import type { Stack } from '../infra/backend.ts';

export type Counters = Readonly<Record<string, number>>;

/** The counters of each process that answered, by where it tells them. */
export type Reading = ReadonlyMap<string, Counters>;

/**
 * Reads the counters of every process that offers them: the app's Prometheus counters (`shop_cache_hits_total{kind="product"}` as `cache.hits` and
 * `cache.hits.product`) and nginx's own count of requests (`nginx.requests`). A process that does not answer is left out.
 */
export async function readCounters(stack: Stack): Promise<Reading> {
  const urls = stack.processes.flatMap(({ metrics_url }) => (metrics_url === undefined ? [] : [metrics_url]));
  const pages = await Promise.allSettled(urls.map(readPage));
  return new Map(
    pages.flatMap((page, index): [string, Counters][] => {
      if (page.status === 'rejected') return [];
      const isNginx = page.value.startsWith('Active connections');
      return [[urls[index] ?? '', isNginx ? parseNginx(page.value) : parsePrometheus(page.value)]];
    }),
  );
}

/**
 * What all processes together counted between two readings. One that is new has begun at zero. What one has counted that is gone since, or was
 * started anew, nobody knows: its counters are left out, so that no sum is too small unnoticed.
 */
export function difference(before: Reading, after: Reading): Counters {
  const total = new Map<string, number>();
  const unknown = new Set<string>();
  for (const [url, counters] of after) {
    for (const [name, value] of Object.entries(counters)) {
      const counted = value - (before.get(url)?.[name] ?? 0);
      if (counted < 0) unknown.add(name);
      total.set(name, (total.get(name) ?? 0) + counted);
    }
  }
  for (const [url, counters] of before) {
    for (const name of Object.keys(counters)) if (after.get(url)?.[name] === undefined) unknown.add(name);
  }
  return Object.fromEntries([...total].filter(([name]) => !unknown.has(name)));
}

async function readPage(url: string): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.text();
}

/** Counters of the text exposition format that start with `shop_` and end with `_total`; labels are added up. */
export function parsePrometheus(text: string): Counters {
  const counters: Record<string, number> = {};
  for (const line of text.split('\n')) {
    const match = /^shop_([a-z0-9_]+)_total(?:\{([^}]*)\})?\s+(\S+)$/.exec(line);
    if (!match) continue;
    const [, metric = '', labels = '', value = '0'] = match;
    const name = metric.replace('_', '.');
    counters[name] = (counters[name] ?? 0) + Number(value);
    const kind = /(?:^|,)kind="([^"]*)"/.exec(labels)?.[1];
    if (kind !== undefined) counters[`${name}.${kind}`] = (counters[`${name}.${kind}`] ?? 0) + Number(value);
  }
  return counters;
}

/** The third number of the line below "server accepts handled requests" (nginx, ngx_http_stub_status_module). */
export function parseNginx(text: string): Counters {
  const requests = /server accepts handled requests\s+\d+\s+\d+\s+(\d+)/.exec(text)?.[1];
  return requests === undefined ? {} : { 'nginx.requests': Number(requests) };
}
