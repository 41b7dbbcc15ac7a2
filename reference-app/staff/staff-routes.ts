import type { Express } from 'express';
import { z } from 'zod';
import { WORKERS } from '../effects/event.ts';
import { answerJson } from '../http/answer.ts';
import { jsonBody } from '../http/json-body.ts';
import { notFound, unavailable } from '../http/problem.ts';
import { countText, idText, read } from '../http/validation.ts';
import type { OrderStore } from '../orders/order-store.ts';
import type { DeadLetters } from '../queue/broker.ts';
import type { Gate } from './authorise.ts';

export const replay = z.strictObject({ worker: z.enum(WORKERS), limit: z.int().min(1).max(1_000).default(100) });
export const deadQuery = z.object({ worker: z.enum(WORKERS), limit: countText(1, 100).default(20) });

/** What staff may do with orders of others, and with events that died. */
export function addStaffRoutes(
  app: Express,
  deps: { gate: Gate; orders: OrderStore; deadLetters: DeadLetters | undefined },
): void {
  const { gate, orders, deadLetters } = deps;
  const dead = (): DeadLetters => {
    if (deadLetters === undefined) throw unavailable('nobody carries events on here');
    return deadLetters;
  };

  app.get('/api/v1/admin/orders/:id', async (req, res) => {
    const orderId = read(idText, req.params.id, 'path');
    await gate.pass(req, 'order.read_any', `order ${orderId}`);
    const body = await orders.track(null, orderId);
    if (body === null) throw notFound('order');
    answerJson(res, 200, body);
  });

  app.post('/api/v1/admin/orders/:id/cancel', async (req, res) => {
    const orderId = read(idText, req.params.id, 'path');
    await gate.pass(req, 'order.cancel_any', `order ${orderId}`);
    answerJson(res, 200, await orders.cancel(null, orderId));
  });

  app.post('/api/v1/admin/orders/:id/deliver', async (req, res) => {
    const orderId = read(idText, req.params.id, 'path');
    await gate.pass(req, 'order.deliver', `order ${orderId}`);
    answerJson(res, 200, await orders.deliver(orderId));
  });

  app.get('/api/v1/admin/dead-letters', async (req, res) => {
    const { worker, limit } = read(deadQuery, req.query, 'query');
    await gate.pass(req, 'dead_letters.read', worker);
    answerJson(res, 200, JSON.stringify({ deadLetters: await dead().list(worker, limit) }));
  });

  app.post('/api/v1/admin/dead-letters/replay', jsonBody, async (req, res) => {
    const { worker, limit } = read(replay, req.body, 'body');
    await gate.pass(req, 'dead_letters.replay', worker);
    answerJson(res, 200, JSON.stringify({ replayed: await dead().replay(worker, limit) }));
  });
}
