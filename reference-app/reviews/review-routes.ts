import type { Express } from 'express';
import { z } from 'zod';
import { authenticate } from '../auth/authenticate.ts';
import type { TokenVerifier } from '../auth/tokens.ts';
import type { Cache } from '../cache/cache.ts';
import { CacheAside, type Loaded } from '../cache/cache-aside.ts';
import { REVIEWS_TTL_S } from '../cache/time-to-live.ts';
import type { Queries, Statement } from '../database/database.ts';
import { answerJson } from '../http/answer.ts';
import { jsonBody } from '../http/json-body.ts';
import { notFound } from '../http/problem.ts';
import { idText, read, text } from '../http/validation.ts';

const SHOWN_MAX = 20;

const READ_REVIEWS: Statement = {
  name: 'read-reviews',
  kind: 'read',
  text: `SELECT json_build_object('productId', $1::bigint, 'count', count(*), 'average', round(avg(rating), 2), 'reviews',
           (SELECT coalesce(json_agg(row_to_json(r)), '[]') FROM
              (SELECT user_id AS "userId", rating, comment, created_at AS "createdAt" FROM reviews WHERE product_id = $1
                ORDER BY created_at DESC LIMIT ${SHOWN_MAX}) r))::text AS body
           FROM reviews WHERE product_id = $1`,
};
/** The product is looked up here, so that an unknown one is no error of the foreign key. */
const WRITE_REVIEW: Statement = {
  name: 'write-review',
  kind: 'write',
  text: `INSERT INTO reviews (product_id, user_id, rating, comment) SELECT product_id, $2, $3, $4 FROM products WHERE product_id = $1
         ON CONFLICT (product_id, user_id) DO UPDATE SET rating = excluded.rating, comment = excluded.comment, created_at = now()
         RETURNING product_id AS id`,
};

export const review = z.strictObject({ rating: z.int().min(1).max(5), comment: text(0, 2_000).default('') });

/**
 * GET and POST /products/:id/reviews. A user has one review of a product; writing again replaces it. It may appear seconds later: lists
 * are cached for two seconds and may come from a replica, which is why writing answers 202.
 */
export function addReviewRoutes(app: Express, deps: { database: Queries; cache: Cache; tokens: TokenVerifier }): void {
  const { database, cache, tokens } = deps;
  const cached = new CacheAside(cache, 'review');

  app.get('/api/v1/products/:id/reviews', async (req, res) => {
    const productId = read(idText, req.params.id, 'path');
    const body = await cached.read(`reviews:v1:${productId}`, async (): Promise<Loaded> => {
      const row = await database.queryOne<{ body: string }>(READ_REVIEWS, [productId]);
      return { body: row.body, ttl_s: REVIEWS_TTL_S };
    });
    answerJson(res, 200, body ?? '');
  });

  app.post('/api/v1/products/:id/reviews', jsonBody, async (req, res) => {
    const userId = authenticate(req, tokens);
    const productId = read(idText, req.params.id, 'path');
    const { rating, comment } = read(review, req.body, 'body');
    const rows = await database.query(WRITE_REVIEW, [productId, userId, rating, comment]);
    if (rows.length === 0) throw notFound('product');
    answerJson(res, 202, JSON.stringify({ productId, rating, comment }));
  });
}
