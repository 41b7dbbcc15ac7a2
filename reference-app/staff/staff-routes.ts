import type { Express } from 'express';
import { z } from 'zod';
import { ROLES } from '../auth/roles.ts';
import type { Queries, Statement } from '../database/database.ts';
import { WORKERS } from '../effects/event.ts';
import { answerEmpty, answerJson } from '../http/answer.ts';
import { jsonBody } from '../http/json-body.ts';
import { notFound, unavailable } from '../http/problem.ts';
import { countText, idText, read } from '../http/validation.ts';
import type { OrderStore } from '../orders/order-store.ts';
import type { DeadLetters } from '../queue/broker.ts';
import type { Gate } from './authorise.ts';

const SET_ROLE: Statement = {
  name: 'set-role',
  kind: 'write',
  text: 'UPDATE users SET role = $2 WHERE user_id = $1 RETURNING user_id AS id',
};
const READ_AUDIT: Statement = {
  name: 'read-audit',
  kind: 'read',
  text: `SELECT coalesce(json_agg(row_to_json(a)), '[]')::text AS entries
           FROM (SELECT audit_id AS "auditId", at, user_id AS "userId", role, action, subject, allowed FROM audit_log
                  WHERE audit_id < $1 ORDER BY audit_id DESC LIMIT $2) a`,
};

export const roleChange = z.strictObject({ role: z.enum(ROLES) });
export const replay = z.strictObject({ worker: z.enum(WORKERS), limit: z.int().min(1).max(1_000).default(100) });
export const deadQuery = z.object({ worker: z.enum(WORKERS), limit: countText(1, 100).default(20) });
const auditQuery = z.object({ limit: countText(1, 100).default(50), cursor: idText.default(Number.MAX_SAFE_INTEGER) });

/** What staff may do beyond the inventory: orders of others, roles, the audit log, and events that died. */
export function addStaffRoutes(
  app: Express,
  deps: { gate: Gate; orders: OrderStore; database: Queries; deadLetters: DeadLetters | undefined },
): void {
  const { gate, orders, database, deadLetters } = deps;
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

  app.put('/api/v1/admin/users/:id/role', jsonBody, async (req, res) => {
    const userId = read(idText, req.params.id, 'path');
    const { role } = read(roleChange, req.body, 'body');
    await gate.pass(req, 'user.set_role', `user ${userId} to ${role}`);
    const rows = await database.query(SET_ROLE, [userId, role]);
    if (rows.length === 0) throw notFound('user');
    answerEmpty(res, 204);
  });

  app.get('/api/v1/admin/audit', async (req, res) => {
    const { limit, cursor } = read(auditQuery, req.query, 'query');
    await gate.pass(req, 'audit.read', 'audit log');
    const { entries } = await database.queryOne<{ entries: string }>(READ_AUDIT, [cursor, limit]);
    answerJson(res, 200, `{"entries":${entries}}`);
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
