import { z } from 'zod';
import type { Queries, Statement } from '../database/database.ts';
import { Problem } from '../http/problem.ts';
import { bodyOf } from '../internal/answer.ts';
import type { ServiceClient } from '../internal/service-client.ts';
import type { RemoteStock } from '../inventory/stock.ts';
import { QuietLog, type Log } from '../log.ts';
import type { ProductStore } from './product-store.ts';

/** A page is not held up longer than this by what it can do without. */
const EXTRAS_MS = 500;

/** What is bought together is told by ids; the page of each has the rest. */
const recommended = z.object({ recommendations: z.array(z.object({ productId: z.int() })) });
const page = z.looseObject({ inStock: z.boolean() });

/** Lists and searches go by what the inventory said last. */
const NOTE_STOCK: Statement = {
  name: 'note-stock',
  kind: 'write',
  text: 'UPDATE products SET stock_quantity = $2 WHERE product_id = $1',
};

/** Whoever has single products. */
export type ProductPages = Pick<ProductStore, 'read'>;

export interface ComposedPagesDeps {
  readonly products: ProductStore;
  readonly database: Queries;
  readonly stock: RemoteStock | undefined;
  readonly recommendations: ServiceClient | undefined;
}

/**
 * A product's page out of three services: the product itself, whether it is in stock, and what is bought with it. When one of the other two is
 * away, or too slow, the page comes without that part.
 */
export class ComposedPages implements ProductPages {
  readonly #deps: ComposedPagesDeps;
  readonly #quiet: QuietLog;

  constructor(deps: ComposedPagesDeps, log: Log) {
    this.#deps = deps;
    this.#quiet = new QuietLog(log);
  }

  async read(productId: number): Promise<string | null> {
    const [body, stock, boughtTogether] = await Promise.all([
      this.#deps.products.read(productId),
      this.#unlessAway(this.#stock(productId)),
      this.#unlessAway(this.#boughtTogether(productId)),
    ]);
    if (body === null) return null;
    const { inStock: noted, ...product } = page.parse(JSON.parse(body.toString()));
    if (stock !== undefined && stock > 0 !== noted) await this.#note(productId, stock);
    return JSON.stringify({
      ...product,
      ...(stock === undefined ? {} : { inStock: stock > 0 }),
      ...(boughtTogether === undefined ? {} : { boughtTogether }),
    });
  }

  async #stock(productId: number): Promise<number | undefined> {
    return await this.#deps.stock?.read(productId, EXTRAS_MS);
  }

  async #boughtTogether(productId: number): Promise<number[] | undefined> {
    const { recommendations: service } = this.#deps;
    if (service === undefined) return undefined;
    const answer = await service.get(`/products/${productId}/recommendations`, EXTRAS_MS);
    const { recommendations } = recommended.parse(bodyOf(answer, 'recommendations'));
    return recommendations.map((each) => each.productId);
  }

  async #unlessAway<Value>(asked: Promise<Value>): Promise<Value | undefined> {
    try {
      return await asked;
    } catch (error) {
      if (!(error instanceof Problem && error.status === 503)) throw error;
      this.#quiet.warn(error.cause ?? error, 'a product page goes without a part of it');
      return undefined;
    }
  }

  async #note(productId: number, stock: number): Promise<void> {
    try {
      await this.#deps.database.query(NOTE_STOCK, [productId, stock]);
      await this.#deps.products.invalidate(productId);
    } catch (error) {
      // The page is right in any case, and the next one notes it.
      this.#quiet.warn(error, 'could not note what is in stock');
    }
  }
}
