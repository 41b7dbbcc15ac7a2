import type { Express } from 'express';
import { z } from 'zod';
import { quantity } from '../cart/quantity.ts';
import { answerJson } from '../http/answer.ts';
import { jsonBody } from '../http/json-body.ts';
import { notFound } from '../http/problem.ts';
import { id, idText, read } from '../http/validation.ts';
import type { Gate } from '../staff/authorise.ts';
import type { InventoryStore } from './inventory-store.ts';

export const pick = z.strictObject({ orderId: id, quantity });
/** GET /products/:id/inventory for everybody, and PUT /inventory/:productId/pick for staff. */
export function addInventoryRoutes(app: Express, deps: { inventory: InventoryStore; gate: Gate }): void {
  const { inventory, gate } = deps;

  app.get('/api/v1/products/:id/inventory', async (req, res) => {
    const body = await inventory.read(read(idText, req.params.id, 'path'));
    if (body === null) throw notFound('product');
    answerJson(res, 200, body);
  });

  app.put('/api/v1/inventory/:productId/pick', jsonBody, async (req, res) => {
    const productId = read(idText, req.params.productId, 'path');
    const { orderId, quantity } = read(pick, req.body, 'body');
    const userId = await gate.pass(req, 'inventory.pick', `order ${orderId}, product ${productId}`);
    answerJson(res, 200, await inventory.pick(orderId, productId, quantity, userId));
  });
}
