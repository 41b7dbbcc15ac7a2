import { z } from 'zod';
import type { Statement } from '../database/database.ts';
import { Problem } from '../http/problem.ts';
import { countText, text } from '../http/validation.ts';

const PAGE_SIZE_MAX = 50;

/** What GET /products understands. Prices are whole cents; `cursor` is what the page before returned as `nextCursor`. */
export const listQuery = z
  .object({
    category: text(1, 100).optional(),
    min_price: countText(0, 2_000_000_000).optional(),
    max_price: countText(0, 2_000_000_000).optional(),
    in_stock: z.enum(['true', 'false']).optional(),
    sort: z.enum(['popularity', 'price', '-price']).default('popularity'),
    limit: countText(1, PAGE_SIZE_MAX).default(20),
    cursor: z.string().max(64).optional(),
  })
  .refine((query) => (query.min_price ?? 0) <= (query.max_price ?? Infinity), {
    error: 'must not be below min_price',
    path: ['max_price'],
  });
export type ListQuery = z.output<typeof listQuery>;

/**
 * Keyset paging: a page begins behind the last row of the page before it, found through an index, so that the hundredth page
 * costs what the first one does. The keys are unique (the rank is, and a price goes together with the id).
 */
const SORTS = {
  popularity: { key: 'popularity_rank', order: 'popularity_rank', after: (n: number) => `popularity_rank > $${n}` },
  price: {
    key: 'price_cents',
    order: 'price_cents, product_id',
    after: (n: number) => `(price_cents, product_id) > ($${n}, $${n + 1})`,
  },
  '-price': {
    key: 'price_cents',
    order: 'price_cents DESC, product_id DESC',
    after: (n: number) => `(price_cents, product_id) < ($${n}, $${n + 1})`,
  },
} as const;

/** The statement for one list, with its values. Throws a 400 `Problem` on a cursor that no page returned. */
export function listStatement(query: ListQuery): { statement: Statement; values: unknown[] } {
  const values: unknown[] = [];
  const sort = SORTS[query.sort];
  const conditions: string[] = [];
  const add = (condition: (n: number) => string, ...given: unknown[]) => {
    conditions.push(condition(values.length + 1));
    values.push(...given);
  };
  if (query.category !== undefined) add((n) => `category = $${n}`, query.category);
  if (query.min_price !== undefined) add((n) => `price_cents >= $${n}`, query.min_price);
  if (query.max_price !== undefined) add((n) => `price_cents <= $${n}`, query.max_price);
  if (query.in_stock !== undefined)
    conditions.push(query.in_stock === 'true' ? 'stock_quantity > 0' : 'stock_quantity = 0');
  if (query.cursor !== undefined) {
    const [key, id] = readCursor(query.cursor, query.sort);
    add(sort.after, ...(query.sort === 'popularity' ? [key] : [key, id]));
  }
  values.push(query.limit + 1);
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  const text = `SELECT product_id AS id, ${sort.key}::text AS key, row_to_json(j)::text AS body
    FROM (SELECT * FROM products ${where} ORDER BY ${sort.order} LIMIT $${values.length}) p,
         LATERAL (SELECT p.product_id AS id, p.name, p.category, p.price_cents AS "priceCents", p.stock_quantity > 0 AS "inStock") j`;
  // With price bounds, which index serves best depends on their values, which the plan of a prepared statement does not know.
  if (query.min_price !== undefined || query.max_price !== undefined)
    return { statement: { kind: 'read', text }, values };
  const shape = [query.sort, query.category !== undefined, query.in_stock ?? 'any', query.cursor !== undefined];
  return { statement: { name: `list-${shape.join('-')}`, kind: 'read', text }, values };
}

export interface ListRow {
  readonly id: string;
  readonly key: string;
  readonly body: string;
}

/** One page as JSON, from up to `limit + 1` rows: the one too many tells that there is a next page. */
export function listBody(rows: readonly ListRow[], query: ListQuery): string {
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const nextCursor = rows.length > query.limit && last !== undefined ? writeCursor(query.sort, last) : null;
  return `{"products":[${page.map((row) => row.body).join(',')}],"nextCursor":${JSON.stringify(nextCursor)}}`;
}

function writeCursor(sort: ListQuery['sort'], row: ListRow): string {
  return Buffer.from(`${sort} ${row.key} ${row.id}`).toString('base64url');
}

function readCursor(cursor: string, sort: ListQuery['sort']): [key: string, id: string] {
  const [, of, key, id] = /^(\S+) (\d{1,15}) (\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (of === sort && key !== undefined && id !== undefined) return [key, id];
  throw new Problem(400, 'INVALID_INPUT', 'the query is not acceptable', {
    details: [{ at: 'query.cursor', problem: 'is not a cursor of this list' }],
  });
}
