import type { Express } from 'express';
import { z } from 'zod';
import { authenticate } from '../auth/authenticate.ts';
import type { TokenVerifier } from '../auth/tokens.ts';
import { answerJson } from '../http/answer.ts';
import { jsonBody } from '../http/json-body.ts';
import { notFound } from '../http/problem.ts';
import { countText, idText, read } from '../http/validation.ts';
import { readOrderRequest } from './order-request.ts';
import type { OrderStore, Placing } from './order-store.ts';

const historyQuery = z.object({ limit: countText(1, 50).default(20), cursor: idText.default(Number.MAX_SAFE_INTEGER) });

/** POST /orders, GET /orders (history), GET /orders/:id, its track, and its cancellation. A user meets only orders of their own. */
export function addOrderRoutes(
  app: Express,
  deps: { orders: OrderStore; placing: Placing; tokens: TokenVerifier },
): void {
  const { orders, placing, tokens } = deps;

  app.post('/api/v1/orders', jsonBody, async (req, res) => {
    const userId = authenticate(req, tokens);
    const { body, replayed } = await placing.place(userId, readOrderRequest(req.body, req.headers['idempotency-key']));
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
