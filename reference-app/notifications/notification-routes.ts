import type { Express } from 'express';
import { authenticate } from '../auth/authenticate.ts';
import type { TokenVerifier } from '../auth/tokens.ts';
import type { Queries, Statement } from '../database/database.ts';
import { answerJson } from '../http/answer.ts';

const READ_NOTIFICATIONS: Statement = {
  name: 'read-notifications',
  kind: 'read',
  text: `SELECT coalesce(json_agg(row_to_json(n)), '[]')::text AS body
           FROM (SELECT notification_id AS "notificationId", order_id AS "orderId", kind, created_at AS "createdAt"
                   FROM notifications WHERE user_id = $1 ORDER BY notification_id DESC LIMIT 50) n`,
};

/** GET /notifications: the latest 50 of whoever is logged in. */
export function addNotificationRoutes(app: Express, deps: { database: Queries; tokens: TokenVerifier }): void {
  const { database, tokens } = deps;

  app.get('/api/v1/notifications', async (req, res) => {
    const userId = authenticate(req, tokens);
    const row = await database.queryOne<{ body: string }>(READ_NOTIFICATIONS, [userId], { owner: userId });
    answerJson(res, 200, `{"notifications":${row.body}}`);
  });
}
