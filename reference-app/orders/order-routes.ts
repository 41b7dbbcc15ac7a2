import type { Express } from 'express';
import { z } from 'zod';
import type { AddressBook } from '../addresses/address-book.ts';
import { authenticate } from '../auth/authenticate.ts';
import type { TokenVerifier } from '../auth/tokens.ts';
import type { Queries } from '../database/database.ts';
import { answerJson } from '../http/answer.ts';
import { jsonBody } from '../http/json-body.ts';
import { notFound } from '../http/problem.ts';
import { countText, idText, read } from '../http/validation.ts';
import { readOrderRequest, type OrderWish } from './order-request.ts';
import type { OrderStore, Placing } from './order-store.ts';
import { findPlaced } from './placed-order.ts';

const historyQuery = z.object({ limit: countText(1, 50).default(20), cursor: idText.default(Number.MAX_SAFE_INTEGER) });

export interface OrderRouteDeps {
  readonly orders: OrderStore;
  readonly placing: Placing;
  readonly tokens: TokenVerifier;
  readonly addresses: AddressBook;
  readonly database: Queries;
}

/** POST /orders, GET /orders (history), GET /orders/:id, its track, and its cancellation. A user meets only orders of their own. */
export function addOrderRoutes(app: Express, deps: OrderRouteDeps): void {
  const { orders, placing, tokens, addresses, database } = deps;

  async function place(userId: number, wish: OrderWish): Promise<{ body: string; replayed: boolean }> {
    const { destination } = wish;
    const shippingAddress = typeof destination === 'string' ? destination : await addresses.find(userId, destination);
    if (shippingAddress !== null) return await placing.place(userId, { ...wish, shippingAddress });
    // Repeating an order finds it also when the address has been removed since.
    const body = await findPlaced(database, userId, wish);
    if (body === null) throw notFound('address');
    return { body, replayed: true };
  }

  app.post('/api/v1/orders', jsonBody, async (req, res) => {
    const userId = authenticate(req, tokens);
    const wish = readOrderRequest(req.body, req.headers['idempotency-key']);
    const { body, replayed } = await place(userId, wish);
    answerJson(res, 201, body, replayed ? { 'Idempotent-Replayed': 'true' } : undefined);
  });

  app.get('/api/v1/orders', async (req, res) => {
    const userId = authenticate(req, tokens);
    const { limit, cursor } = read(historyQuery, req.query, 'query');
    answerJson(res, 200, await orders.list(userId, limit, cursor));
  });

  app.get('/api/v1/orders/:id', async (req, res) => {
    const userId = authenticate(req, tokens);
    const body = await orders.read(userId, read(idText, req.params.id, 'path'));
    if (body === null) throw notFound('order');
    answerJson(res, 200, body);
  });

  app.get('/api/v1/orders/:id/track', async (req, res) => {
    const userId = authenticate(req, tokens);
    const body = await orders.track(userId, read(idText, req.params.id, 'path'));
    if (body === null) throw notFound('order');
    answerJson(res, 200, body);
  });

  app.post('/api/v1/orders/:id/cancel', async (req, res) => {
    const userId = authenticate(req, tokens);
    answerJson(res, 200, await orders.cancel(userId, read(idText, req.params.id, 'path')));
  });
}
