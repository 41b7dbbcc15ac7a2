import type { Cache } from '../cache/cache.ts';
import { CacheAside, type Loaded } from '../cache/cache-aside.ts';
import { RECOMMENDATIONS_TTL_S } from '../cache/time-to-live.ts';
import type { Queries, Statement } from '../database/database.ts';

const SHOWN_MAX = 10;
/** Orders that count. They are found by the primary key, so no order pays for an index that only this would read. */
const ORDERS_LOOKED_AT = 20_000;

/** Where purchases are: in the orders themselves, or in the recommendation service's notes of them. */
export type PurchaseSource = 'orders' | 'purchases';

/**
 * What was bought together most: products of orders that also have one of `these`, by in how many of the last orders they are, and
 * by id where that is equal.
 */
function statement(source: PurchaseSource, name: string, these: string): Statement {
  const [table, head] = source === 'orders' ? ['order_items', 'orders'] : ['purchases', 'purchases'];
  return {
    name: `${name}-${source}`,
    kind: 'read',
    text: `WITH these AS MATERIALIZED (${these}),
                recent AS MATERIALIZED (SELECT order_id, product_id FROM ${table}
                  WHERE order_id > (SELECT coalesce(max(order_id), 0) FROM ${head}) - ${ORDERS_LOOKED_AT}),
                matching AS (SELECT DISTINCT order_id FROM recent WHERE product_id IN (SELECT product_id FROM these)),
                counted AS (SELECT product_id, count(*) AS orders FROM recent JOIN matching USING (order_id)
                  WHERE product_id NOT IN (SELECT product_id FROM these)
                  GROUP BY product_id ORDER BY orders DESC, product_id LIMIT ${SHOWN_MAX})
           SELECT coalesce(json_agg(json_build_object('productId', product_id, 'orders', orders) ORDER BY orders DESC, product_id),
                           '[]')::text AS body FROM counted`,
  };
}

const BOUGHT_BY: Readonly<Record<PurchaseSource, string>> = {
  orders: 'SELECT DISTINCT product_id FROM orders JOIN order_items USING (order_id) WHERE user_id = $1',
  purchases: 'SELECT DISTINCT product_id FROM purchases WHERE user_id = $1',
};

/** What others bought with a product, or with what a user bought; up to ten minutes old. */
export class RecommendationStore {
  readonly #database: Queries;
  readonly #cached: CacheAside;
  readonly #forProduct: Statement;
  readonly #forUser: Statement;

  constructor(database: Queries, cache: Cache, source: PurchaseSource) {
    this.#database = database;
    this.#cached = new CacheAside(cache, 'recommendation');
    this.#forProduct = statement(source, 'recommend-for-product', 'SELECT $1::bigint AS product_id');
    this.#forUser = statement(source, 'recommend-for-user', BOUGHT_BY[source]);
  }

  /** Bought together with a product, as JSON; nothing for one that nobody bought, or that does not exist. */
  async forProduct(productId: number): Promise<string | Buffer> {
    return await this.#read(`recommendations:v1:product:${productId}`, this.#forProduct, productId);
  }

  /** Bought together with what this user bought, without what they have, as JSON. */
  async forUser(userId: number): Promise<string | Buffer> {
    return await this.#read(`recommendations:v1:user:${userId}`, this.#forUser, userId);
  }

  async #read(key: string, statement: Statement, id: number): Promise<string | Buffer> {
    const body = await this.#cached.read(key, async (): Promise<Loaded> => {
      const row = await this.#database.queryOne<{ body: string }>(statement, [id]);
      return { body: `{"recommendations":${row.body}}`, ttl_s: RECOMMENDATIONS_TTL_S };
    });
    if (body === null) throw new Error('there are always recommendations, even if none');
    return body;
  }
}
