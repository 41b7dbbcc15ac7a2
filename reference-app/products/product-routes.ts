import type { Express } from 'express';
import { answerJson } from '../http/answer.ts';
import { notFound } from '../http/problem.ts';
import { idText, read } from '../http/validation.ts';
import type { ListStore } from './list-store.ts';
import { listQuery } from './product-list.ts';
import type { ProductPages } from './product-pages.ts';
import type { ViewCounts } from './view-counts.ts';

/** GET /products/:id and GET /products (filtered, sorted, paged), both cached. */
export function addProductRoutes(
  app: Express,
  deps: { products: ProductPages; lists: ListStore; views: ViewCounts | undefined },
): void {
  const { products, lists, views } = deps;

  app.get('/api/v1/products/:id', async (req, res) => {
    const productId = read(idText, req.params.id, 'path');
    const body = await products.read(productId);
    if (body === null) throw notFound('product');
    views?.count(productId);
    answerJson(res, 200, body);
  });

  app.get('/api/v1/products', async (req, res) => {
    answerJson(res, 200, await lists.page(read(listQuery, req.query, 'query')));
  });
}
