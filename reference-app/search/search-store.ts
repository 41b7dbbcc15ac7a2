import type { Cache } from '../cache/cache.ts';
import { CacheAside, type Loaded } from '../cache/cache-aside.ts';
import { SEARCH_TTL_S } from '../cache/time-to-live.ts';
import type { Queries } from '../database/database.ts';
import { PopularQueries } from './popular-queries.ts';
import { PAGE_SIZE, PAGES_MAX, SEARCH } from './search-statement.ts';

/** Pages of search results, cached. Their `inStock` may be as old as the page: only a product's own page is invalidated. */
export class SearchStore {
  readonly #database: Queries;
  readonly #cached: CacheAside;
  readonly #popular = new PopularQueries();

  constructor(database: Queries, cache: Cache) {
    this.#database = database;
    this.#cached = new CacheAside(cache, 'search');
  }

  /** One page (1 to 5) of what matches, as JSON. `query` is normalised: see `normaliseQuery`. */
  async page(query: string, page: number): Promise<string | Buffer> {
    this.#popular.count(query);
    const body = await this.#cached.read(searchKey(query, page), () => this.#load(query, page));
    if (body === null) throw new Error('a search always has a page, even if an empty one');
    return body;
  }

  async #load(query: string, page: number): Promise<Loaded> {
    const rows = await this.#database.query<{ body: string }>(SEARCH, [query, (page - 1) * PAGE_SIZE]);
    const found = rows.slice(0, PAGE_SIZE).map((row) => row.body);
    const hasMore = rows.length > PAGE_SIZE && page < PAGES_MAX;
    const body = `{"query":${JSON.stringify(query)},"page":${page},"hasMore":${hasMore},"products":[${found.join(',')}]}`;
    return { body, ttl_s: this.#ttl_s(query, found.length) };
  }

  #ttl_s(query: string, found: number): number {
    if (found === 0) return SEARCH_TTL_S.empty;
    return this.#popular.isPopular(query) ? SEARCH_TTL_S.popular : SEARCH_TTL_S.rare;
  }
}

/** Queries that differ in case or spacing only are the same query, to the search and to the cache. */
export function normaliseQuery(query: string): string {
  return query.trim().replaceAll(/\s+/g, ' ').toLowerCase();
}

export function searchKey(query: string, page: number): string {
  return `search:v1:${page}:${query}`;
}
