import type { Express } from 'express';
import { z } from 'zod';
import { answerJson } from '../http/answer.ts';
import { jsonBody } from '../http/json-body.ts';
import { idText, read } from '../http/validation.ts';
import type { Gate } from '../staff/authorise.ts';

export const productChange = z
  .strictObject({
    priceCents: z.int().min(1).max(1_000_000_000).optional(),
    stock: z.int().min(0).max(1_000_000_000).optional(),
  })
  .refine((change) => change.priceCents !== undefined || change.stock !== undefined, 'must change something');

/** Who changes a product. */
export interface ProductChanges {
  /** Sets price or stock, and makes what caches hold of the product invalid. Throws a 404 `Problem`. */
  change(productId: number, priceCents: number | null, stock: number | null): Promise<string>;
}

/** PATCH /products/:id for staff. */
export function addProductChangeRoutes(app: Express, deps: { changes: ProductChanges; gate: Gate }): void {
  const { changes, gate } = deps;

  app.patch('/api/v1/products/:id', jsonBody, async (req, res) => {
    const productId = read(idText, req.params.id, 'path');
    const change = read(productChange, req.body, 'body');
    await gate.pass(req, 'product.write', `product ${productId}`);
    answerJson(res, 200, await changes.change(productId, change.priceCents ?? null, change.stock ?? null));
  });
}
