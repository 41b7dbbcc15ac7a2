import type { Cache } from '../cache/cache.ts';
import { CacheAside, type Loaded } from '../cache/cache-aside.ts';
import { LIST_TTL_S } from '../cache/time-to-live.ts';
import type { Queries } from '../database/database.ts';
import { listBody, listStatement, type ListQuery, type ListRow } from './product-list.ts';

/** Pages of the catalogue, cached like pages of results: what a category shows first is asked for over and over. */
export class ListStore {
  readonly #database: Queries;
  readonly #cached: CacheAside;

  constructor(database: Queries, cache: Cache) {
    this.#database = database;
    this.#cached = new CacheAside(cache, 'list');
  }

  /** One page as JSON. Throws a 400 `Problem` on a cursor that no page returned. */
  async page(query: ListQuery): Promise<string | Buffer> {
    // Built first: what is wrong with the query is said whether or not the cache knows the key.
    const { statement, values } = listStatement(query);
    const body = await this.#cached.read(listKey(query), async (): Promise<Loaded> => {
      const rows = await this.#database.query<ListRow & { id: string }>(statement, values);
      return { body: listBody(rows, query), ttl_s: LIST_TTL_S };
    });
    if (body === null) throw new Error('a list always has a page, even if an empty one');
    return body;
  }
}

/** Parameters in one order, absent ones left out, so that the same list has one key however it is asked for. */
export function listKey(query: ListQuery): string {
  const { category, min_price, max_price, in_stock, sort, limit, cursor } = query;
  return `list:v1:${JSON.stringify([sort, limit, category, min_price, max_price, in_stock, cursor])}`;
}
