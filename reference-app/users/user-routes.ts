import type { Express } from 'express';
import { z } from 'zod';
import { authenticate } from '../auth/authenticate.ts';
import { newPassword } from '../auth/auth-routes.ts';
import type { Passwords } from '../auth/passwords.ts';
import type { TokenVerifier } from '../auth/tokens.ts';
import type { Queries, Statement } from '../database/database.ts';
import { answerJson } from '../http/answer.ts';
import { jsonBody } from '../http/json-body.ts';
import { notFound, Problem } from '../http/problem.ts';
import { read, text } from '../http/validation.ts';

const PROFILE = `json_build_object('userId', user_id, 'email', email, 'name', name, 'role', role, 'createdAt', created_at)::text AS body`;
const READ_USER: Statement = {
  name: 'read-user',
  kind: 'read',
  text: `SELECT ${PROFILE}, password_hash AS hash FROM users WHERE user_id = $1`,
};
const CHANGE_USER: Statement = {
  name: 'change-user',
  kind: 'write',
  text: `UPDATE users SET name = coalesce($2, name), password_hash = coalesce($3, password_hash) WHERE user_id = $1 RETURNING ${PROFILE}`,
};
export const profileChange = z
  .strictObject({
    name: text(1, 200).optional(),
    newPassword: newPassword.optional(),
    password: z.string().min(1).max(1_000).optional(),
  })
  .refine((change) => change.newPassword === undefined || change.password !== undefined, {
    error: 'is needed to set a new one',
    path: ['password'],
  })
  .refine((change) => change.name !== undefined || change.newPassword !== undefined, 'must change something');

/** GET and PATCH /users/me; a new password needs the old one. */
export function addUserRoutes(
  app: Express,
  deps: { database: Queries; passwords: Passwords; tokens: TokenVerifier },
): void {
  const { database, passwords, tokens } = deps;

  app.get('/api/v1/users/me', async (req, res) => {
    const userId = authenticate(req, tokens);
    const [user] = await database.query<{ body: string }>(READ_USER, [userId], { owner: userId });
    if (user === undefined) throw notFound('user');
    answerJson(res, 200, user.body);
  });

  app.patch('/api/v1/users/me', jsonBody, async (req, res) => {
    const userId = authenticate(req, tokens);
    const change = read(profileChange, req.body, 'body');
    let hash: string | null = null;
    if (change.newPassword !== undefined) {
      const [user] = await database.query<{ hash: string }>(READ_USER, [userId], { owner: userId });
      const matches = await passwords.matches(change.password ?? '', user?.hash);
      if (!matches) throw new Problem(401, 'BAD_CREDENTIALS', 'the password is wrong');
      hash = await passwords.hash(change.newPassword);
    }
    const values = [userId, change.name ?? null, hash];
    const [user] = await database.query<{ body: string }>(CHANGE_USER, values, { owner: userId });
    if (user === undefined) throw notFound('user');
    answerJson(res, 200, user.body);
  });
}
