import type { Pool } from 'pg';
import type { Site } from '../../instruments.ts';
import { RunError } from '../../run-error.ts';

/** A statement that an application sends for most of its requests: by the primary key, as its own source has it. */
interface ApplicationRead {
  readonly text: string;
  /** Values after the key. */
  readonly others: readonly string[];
  readonly keys: string;
}

/** Keys that are read in turn: far more than a page of the index has. */
const KEYS_MAX = 20_000;

const READS: Readonly<Record<string, ApplicationRead>> = {
  shop: {
    text: `SELECT p.demand,
                  (SELECT row_to_json(j)::text
                     FROM (SELECT p.product_id AS id, p.name, p.description, p.category, p.price_cents AS "priceCents",
                                  p.stock_quantity > 0 AS "inStock", p.seller_id AS "sellerId",
                                  $2 || '/products/' || p.product_id || '/' || (SELECT i.image_id FROM product_images i
                                                                                 WHERE i.product_id = p.product_id
                                                                                 ORDER BY i.image_no LIMIT 1)
                                     || '/medium.webp' AS "mainImage") j) AS body
             FROM products p WHERE p.product_id = $1`,
    others: ['/images'],
    keys: `SELECT product_id AS key FROM products ORDER BY md5(product_id::text) LIMIT ${KEYS_MAX}`,
  },
  'url-shortener': {
    text: 'SELECT address FROM urls WHERE code = $1 AND address IS NOT NULL',
    others: [],
    keys: `SELECT code AS key FROM urls WHERE address IS NOT NULL ORDER BY md5(code) LIMIT ${KEYS_MAX}`,
  },
};

/**
 * The application's own read of one row by its key, prepared on each connection, over keys that the database has, each as often as any other.
 * @throws RunError when there is none for the stack's application, or nothing to read.
 */
export async function applicationRead({ topology }: Site, pool: Pool): Promise<() => Promise<unknown>> {
  const read = READS[topology.application ?? ''];
  if (!read) {
    throw new RunError(`it is not known what application \`${topology.application}\` reads most`);
  }
  const { rows } = await pool.query<{ key: number | string }>(read.keys);
  if (rows.length === 0) throw new RunError('the database holds nothing to read', 'start the stack anew');
  let next = 0;
  return async () => {
    next = (next + 1) % rows.length;
    const found = await pool.query({
      name: 'probe-read',
      text: read.text,
      values: [rows[next]?.key, ...read.others],
    });
    if (found.rowCount !== 1) throw new Error(`key ${rows[next]?.key} is gone`);
  };
}
