import type { Express } from 'express';
import { z } from 'zod';
import { authenticate } from '../auth/authenticate.ts';
import type { TokenVerifier } from '../auth/tokens.ts';
import { answerEmpty, answerJson } from '../http/answer.ts';
import { jsonBody } from '../http/json-body.ts';
import { notFound, Problem } from '../http/problem.ts';
import { id, idText, read } from '../http/validation.ts';
import { CART_LINES_MAX, type CartOutcome, type CartStore } from './cart-store.ts';
import { quantity, QUANTITY_MAX } from './quantity.ts';

export const addition = z.strictObject({ productId: id, quantity: quantity.default(1) });
export const setting = z.strictObject({ quantity });

/** GET /cart, POST /cart/items (adds), PUT and DELETE /cart/items/:productId (idempotent). Changes answer with the cart. */
export function addCartRoutes(app: Express, deps: { carts: CartStore; tokens: TokenVerifier }): void {
  const { carts, tokens } = deps;

  app.get('/api/v1/cart', async (req, res) => {
    answerJson(res, 200, await carts.read(authenticate(req, tokens)));
  });

  app.post('/api/v1/cart/items', jsonBody, async (req, res) => {
    const userId = authenticate(req, tokens);
    const added = read(addition, req.body, 'body');
    const { outcome, body } = await carts.change(userId, added.productId, added.quantity, 'add');
    refuse(outcome);
    answerJson(res, 200, body);
  });

  app.put('/api/v1/cart/items/:productId', jsonBody, async (req, res) => {
    const userId = authenticate(req, tokens);
    const productId = read(idText, req.params.productId, 'path');
    const { outcome, body } = await carts.change(userId, productId, read(setting, req.body, 'body').quantity, 'set');
    refuse(outcome);
    answerJson(res, 200, body);
  });

  app.delete('/api/v1/cart/items/:productId', async (req, res) => {
    const userId = authenticate(req, tokens);
    await carts.change(userId, read(idText, req.params.productId, 'path'), 0, 'remove');
    answerEmpty(res, 204);
  });
}

function refuse(outcome: CartOutcome): void {
  if (outcome === 'no_product') throw notFound('product');
  if (outcome === 'cart_full') throw new Problem(409, 'CART_FULL', `a cart holds at most ${CART_LINES_MAX} products`);
  if (outcome === 'too_many') {
    throw new Problem(409, 'TOO_MANY_OF_PRODUCT', `a cart holds at most ${QUANTITY_MAX} of one product`);
  }
}
