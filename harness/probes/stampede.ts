import type { Cluster, Redis } from 'ioredis';
import { Client } from 'pg';
import { readCounters } from '../counters.ts';
import type { Findings, Probe, ProbeSite } from '../instruments.ts';
import { RunError } from '../run-error.ts';
import { openCache } from './cache/open-cache.ts';
import { Caller } from './http/caller.ts';

const PRODUCT = 1;
/** As the application names what it keeps of a product, and the lock on it. */
const KEY = `product:v2:${PRODUCT}`;
const LOCK = `lock:${KEY}`;
const PATH = `/api/v1/products/${PRODUCT}`;
/** Of a value that says how long it is fresh: `@`, then the moment, in ms since 1970. */
const FRESH_UNTIL = /^@\d{13}/;
/** The application's counters follow its answers at once. */
const COUNTED = 'database.queries.read';

/** Everybody asks for one product in the moment in which the cache's entry for it is over. */
export const stampede: Probe = {
  name: 'stampede',
  title: 'everybody asks for what the cache has just lost',
  classes: ['stampede.warm', 'stampede.get'],
  counters: ['stampede.requests', 'stampede.queries', 'stampede.queries_most', 'stampede.spread_s'],
  parameters: {
    requests: { kind: 'count', otherwise: 1_000, about: 'how many at once' },
    rounds: { kind: 'count', otherwise: 5, about: 'how often' },
    entry: {
      kind: 'word',
      among: ['gone', 'old'],
      otherwise: 'gone',
      about: 'whether the entry is gone or past its time',
    },
    query: {
      kind: 'time',
      otherwise: 0,
      about: 'how long the database holds up reading a product; as long as it takes',
    },
    lock_held: { kind: 'time', otherwise: 0, about: 'how long a lock stays that its holder never gives back' },
  },
  async run(site) {
    const requests = Number(site.parameters['requests']);
    const caller = new Caller(site.stack.base_url, requests, site.recorder);
    const cache = openCache(site);
    try {
      return await rounds(site, caller, cache, requests);
    } finally {
      cache.disconnect();
      await caller.close();
    }
  },
};

async function rounds(site: ProbeSite, caller: Caller, cache: Redis | Cluster, requests: number): Promise<Findings> {
  const queries: number[] = [];
  const spreads_s: number[] = [];
  while (queries.length < Number(site.parameters['rounds']) && !site.signal.aborted) {
    // Opens the connections, and sees to it that there is something to lose.
    await askAll(caller, 'stampede.warm', requests);
    await endEntry(cache, site);
    const before = await queriesOf(site);
    const release = await holdUpReads(site);
    const from_ms = performance.now();
    const all = askAll(caller, 'stampede.get', requests);
    await release();
    await all;
    spreads_s.push((performance.now() - from_ms) / 1_000);
    queries.push((await queriesOf(site)) - before);
  }
  return {
    counters: {
      'stampede.requests': requests * queries.length,
      'stampede.queries': queries.reduce((sum, each) => sum + each, 0),
      'stampede.queries_most': Math.max(0, ...queries),
      'stampede.spread_s': Math.max(0, ...spreads_s),
    },
  };
}

async function askAll(caller: Caller, name: string, requests: number): Promise<void> {
  await Promise.all(Array.from({ length: requests }, () => caller.ask(name, { path: PATH })));
}

async function endEntry(cache: Redis | Cluster, { parameters }: ProbeSite): Promise<void> {
  const lockHeld_s = Number(parameters['lock_held']);
  if (lockHeld_s > 0) await cache.set(LOCK, 'nobody', 'PX', Math.round(lockHeld_s * 1_000));
  if (parameters['entry'] === 'gone') {
    await cache.unlink(KEY);
    return;
  }
  const stored = await cache.get(KEY);
  if (stored === null || !FRESH_UNTIL.test(stored)) {
    const help = 'set `stampede` of the app to `xfetch` or `stale-while-revalidate`, or leave out `entry: old`';
    throw new RunError(`\`${KEY}\` does not say how long it is fresh`, help);
  }
  await cache.set(KEY, stored.replace(FRESH_UNTIL, `@${Date.now()}`), 'KEEPTTL');
}

async function queriesOf({ stack }: ProbeSite): Promise<number> {
  const counts = [...(await readCounters(stack)).values()].flatMap(({ [COUNTED]: count }) => count ?? []);
  const count = counts.reduce((sum, each) => sum + each, 0);
  if (counts.length === 0)
    throw new RunError('the application does not tell its queries', 'look at `shop-plan status`');
  return count;
}

/** Makes reading a product take as long as the parameter says: by a lock on the table, which the returned function waits out. */
async function holdUpReads({ connections, parameters }: ProbeSite): Promise<() => Promise<void>> {
  const hold_s = Number(parameters['query']);
  if (hold_s === 0) return () => Promise.resolve();
  const client = new Client({ connectionString: connections.databases['database']?.write });
  await client.connect();
  await client.query('BEGIN');
  await client.query('LOCK TABLE products IN ACCESS EXCLUSIVE MODE');
  return async () => {
    await client.query('SELECT pg_sleep($1)', [hold_s]);
    await client.query('COMMIT');
    await client.end();
  };
}
