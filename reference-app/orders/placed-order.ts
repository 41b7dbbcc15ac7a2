import type { Queries, Statement } from '../database/database.ts';
import { Problem } from '../http/problem.ts';
import type { OrderWish } from './order-request.ts';

const READ_PLACED: Statement = {
  name: 'read-placed',
  kind: 'read',
  text: `SELECT request_fingerprint AS fingerprint, read_order(order_id, user_id) AS body FROM orders
          WHERE user_id = $1 AND idempotency_key = $2`,
};

/**
 * The order that was placed under a wish's idempotency key, as JSON, or null. Throws a 409 `Problem` when that was another
 * wish's.
 */
export async function findPlaced(database: Queries, userId: number, wish: OrderWish): Promise<string | null> {
  const { idempotencyKey, fingerprint } = wish;
  if (idempotencyKey === null) return null;
  const own = { owner: userId, complete: (rows: readonly object[]) => rows.length > 0 };
  const [placed] = await database.query<{ fingerprint: string; body: string }>(
    READ_PLACED,
    [userId, idempotencyKey],
    own,
  );
  if (placed === undefined) return null;
  if (placed.fingerprint === fingerprint) return placed.body;
  throw new Problem(409, 'IDEMPOTENCY_KEY_REUSED', 'this Idempotency-Key belongs to a different order');
}
