import type { Express } from 'express';
import { z } from 'zod';
import type { Queries, Statement } from '../database/database.ts';
import { id } from '../http/validation.ts';
import { bodyOf } from '../internal/answer.ts';
import { addInternalRoute } from '../internal/internal-routes.ts';
import type { ServiceClient } from '../internal/service-client.ts';

const PATH = '/purchases';
const NOTE: Statement = {
  name: 'note-purchase',
  kind: 'write',
  text: `INSERT INTO purchases (order_id, product_id, user_id) SELECT $1, product_id, $3 FROM unnest($2::bigint[]) AS product_id
         ON CONFLICT DO NOTHING`,
};
const purchase = z.strictObject({ orderId: id, userId: id, productIds: z.array(id).min(1).max(100) });
export type Purchase = z.output<typeof purchase>;

/** Tells the recommendation service of an order; telling twice changes nothing. Throws a 503 `Problem` when it is away. */
export async function tellPurchase(service: ServiceClient, told: Purchase): Promise<void> {
  bodyOf(await service.post(PATH, told), 'a purchase');
}

/** POST /internal/purchases */
export function addPurchaseRoute(app: Express, database: Queries): void {
  addInternalRoute(app, PATH, purchase, async ({ orderId, userId, productIds }) => {
    await database.query(NOTE, [orderId, productIds, userId]);
  });
}
