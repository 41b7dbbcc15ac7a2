import type { Cache } from '../cache/cache.ts';
import { CacheAside, type Loaded } from '../cache/cache-aside.ts';
import { PRODUCT_TTL_S, type Demand } from '../cache/time-to-live.ts';
import type { Queries, Statement } from '../database/database.ts';
import { inventoryKey, productKey } from './keys.ts';

/**
 * The body is made by the database in the order and form the API promises, and passed on as it is. The main image is part of it,
 * so that no read of a product asks twice (its path: see images/image-keys.ts).
 */
const READ_PRODUCT: Statement = {
  name: 'read-product',
  kind: 'read',
  text: `SELECT p.demand,
                (SELECT row_to_json(j)::text
                   FROM (SELECT p.product_id AS id, p.name, p.description, p.category, p.price_cents AS "priceCents",
                                p.stock_quantity > 0 AS "inStock", p.seller_id AS "sellerId",
                                $2 || '/products/' || p.product_id || '/' || (SELECT i.image_id
                                                                                FROM product_images i
                                                                               WHERE i.product_id = p.product_id
                                                                               ORDER BY i.image_no LIMIT 1)
                                   || '/medium.webp' AS "mainImage") j) AS body
           FROM products p WHERE p.product_id = $1`,
};

/**
 * Single products, cached. A product's JSON says whether it is in stock, not how many there are: so a sale changes it only
 * when it takes the last one, and only then is it invalidated. The order itself never believes the cache.
 */
export class ProductStore {
  readonly #database: Queries;
  readonly #cache: Cache;
  readonly #imagesUrl: string | null;
  readonly #cached: CacheAside;

  /** Without `imagesUrl` products have no main image: nobody could get it. */
  constructor(database: Queries, cache: Cache, imagesUrl?: string) {
    this.#database = database;
    this.#cache = cache;
    this.#imagesUrl = imagesUrl ?? null;
    this.#cached = new CacheAside(cache, 'product');
  }

  /** The product as JSON, or null when there is none. */
  async read(productId: number): Promise<string | Buffer | null> {
    return await this.#cached.read(productKey(productId), () => this.#load(productId));
  }

  /** Called when what the product's JSON says is no longer true: its stock has come to nothing, its images are others. */
  async invalidate(productId: number): Promise<void> {
    await this.#cache.invalidate(productKey(productId));
  }

  /** Called when some of a product were sold: how many are left is asked anew. */
  stockChanged(productId: number): void {
    this.#cache.forget(inventoryKey(productId));
  }

  async #load(productId: number): Promise<Loaded | null> {
    const [row] = await this.#database.query<{ demand: Demand; body: string }>(READ_PRODUCT, [
      productId,
      this.#imagesUrl,
    ]);
    return row === undefined ? null : { body: row.body, ttl_s: PRODUCT_TTL_S[row.demand] };
  }
}
