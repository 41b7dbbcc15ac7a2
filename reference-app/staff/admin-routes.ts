import type { Express } from 'express';
import { z } from 'zod';
import { ROLES } from '../auth/roles.ts';
import type { Queries, Statement } from '../database/database.ts';
import { answerEmpty, answerJson } from '../http/answer.ts';
import { jsonBody } from '../http/json-body.ts';
import { notFound } from '../http/problem.ts';
import { countText, idText, read } from '../http/validation.ts';
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
const auditQuery = z.object({ limit: countText(1, 100).default(50), cursor: idText.default(Number.MAX_SAFE_INTEGER) });

/** What admins do: roles, and the audit log. */
export function addAdminRoutes(app: Express, deps: { gate: Gate; database: Queries }): void {
  const { gate, database } = deps;

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
}
