import type { Express } from 'express';
import { z } from 'zod';
import type { Queries, Statement } from '../database/database.ts';
import { id } from '../http/validation.ts';
import { bodyOf } from '../internal/answer.ts';
import { addInternalRoute } from '../internal/internal-routes.ts';
import type { ServiceClient } from '../internal/service-client.ts';

export interface ProductFacts {
  readonly name: string;
  readonly priceCents: number;
}

/** What carts and orders have to know of products. In the monolith their statements read it themselves. */
export interface Catalogue {
  /** Facts of now, by product; what does not exist is absent. Throws a 503 `Problem` when they cannot be had. */
  facts(productIds: readonly number[]): Promise<Map<number, ProductFacts>>;
}

const PATH = '/products/facts';
const READ_FACTS: Statement = {
  name: 'read-product-facts',
  kind: 'read',
  text: 'SELECT product_id AS id, name, price_cents AS "priceCents" FROM products WHERE product_id = ANY ($1::bigint[])',
};
const wanted = z.strictObject({ ids: z.array(id).max(1_000) });
const told = z.object({ products: z.array(z.object({ id, name: z.string(), priceCents: z.int().min(1) })) });

/** The catalogue of the product service. */
export class RemoteCatalogue implements Catalogue {
  readonly #service: ServiceClient;

  constructor(service: ServiceClient) {
    this.#service = service;
  }

  async facts(productIds: readonly number[]): Promise<Map<number, ProductFacts>> {
    if (productIds.length === 0) return new Map();
    const answer = await this.#service.post(PATH, { ids: productIds });
    const { products } = told.parse(bodyOf(answer, 'what products are'));
    return new Map(products.map(({ id: productId, name, priceCents }) => [productId, { name, priceCents }]));
  }
}

/** POST /internal/products/facts. `database` is the primary's: an order is not placed at a price that a replica remembers. */
export function addCatalogueRoute(app: Express, database: Queries): void {
  addInternalRoute(app, PATH, wanted, async ({ ids }) => {
    const rows = await database.query<{ id: string; name: string; priceCents: string }>(READ_FACTS, [ids]);
    return { products: rows.map((row) => ({ ...row, id: Number(row.id), priceCents: Number(row.priceCents) })) };
  });
}
