import type { Stack } from '../infra/backend.ts';

export type Counters = Readonly<Record<string, number>>;

/**
 * Reads the counters of every process that offers them and adds up those of equal name: the app's Prometheus counters
 * (`shop_cache_hits_total{kind="product"}` as `cache.hits` and `cache.hits.product`) and nginx's own count of requests
 * (`nginx.requests`). A process that does not answer is left out; its counters are then missing, never zero.
 */
export async function readCounters(stack: Stack): Promise<Counters> {
  const urls = stack.processes.flatMap(({ metrics_url }) => (metrics_url === undefined ? [] : [metrics_url]));
  const pages = await Promise.allSettled(urls.map(readPage));
  const total: Record<string, number> = {};
  for (const page of pages) {
    if (page.status === 'rejected') continue;
    const counters = page.value.startsWith('Active connections') ? parseNginx(page.value) : parsePrometheus(page.value);
    for (const [name, value] of Object.entries(counters)) total[name] = (total[name] ?? 0) + value;
  }
  return total;
}

/** What was counted between two readings; a counter that only one of them has is left out. */
export function difference(before: Counters, after: Counters): Counters {
  const names = Object.keys(after).filter((name) => name in before);
  return Object.fromEntries(names.map((name) => [name, (after[name] ?? 0) - (before[name] ?? 0)]));
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
