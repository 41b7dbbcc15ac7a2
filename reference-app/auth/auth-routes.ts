import type { Express } from 'express';
import { z } from 'zod';
import type { Queries, Statement } from '../database/database.ts';
import { answerEmpty, answerJson } from '../http/answer.ts';
import { jsonBody } from '../http/json-body.ts';
import { Problem } from '../http/problem.ts';
import { read, text } from '../http/validation.ts';
import { PASSWORD_BYTES_MAX, type Passwords } from './passwords.ts';
import { REFRESH_TOKEN_S, RefreshTokens } from './refresh-tokens.ts';
import { roleOf, type Role } from './roles.ts';
import { ACCESS_TOKEN_S, signToken } from './tokens.ts';

const INSERT_USER: Statement = {
  name: 'insert-user',
  kind: 'write',
  text: `INSERT INTO users (email, password_hash, name) VALUES ($1, $2, $3)
         ON CONFLICT (email) DO NOTHING RETURNING user_id::int8::text AS id`,
};
const FIND_USER: Statement = {
  name: 'find-user',
  kind: 'read',
  text: 'SELECT user_id::text AS id, password_hash AS hash, role FROM users WHERE email = $1',
};
const SPEND: Statement = {
  name: 'spend-refresh-token',
  kind: 'write',
  text: 'SELECT outcome, role FROM spend_refresh_token($1, $2, $3, to_timestamp($4))',
};
const REVOKE: Statement = {
  name: 'revoke-login',
  kind: 'write',
  text: 'INSERT INTO revoked_logins (family, expires_at) VALUES ($1, to_timestamp($2)) ON CONFLICT DO NOTHING',
};

const email = text(3, 254)
  .pipe(z.email())
  .transform((address) => address.toLowerCase());
const storablePassword = (password: string) =>
  Buffer.byteLength(password) <= PASSWORD_BYTES_MAX && !password.includes('\0');
export const newPassword = z
  .string()
  .min(8)
  .refine(storablePassword, `must have at most ${PASSWORD_BYTES_MAX} bytes and no U+0000`);

export const registration = z.strictObject({ email, password: newPassword, name: text(1, 200).optional() });
export const login = z.strictObject({ email, password: z.string().min(1).max(1_000) });

export const refreshing = z.strictObject({ refreshToken: z.string().min(1).max(2_000) });

/**
 * POST /auth/register, /auth/login and /auth/refresh answer with an access token (15 min) and a refresh token (30 days); /auth/logout
 * ends a login. A refresh token is good once: one that comes twice was stolen by somebody, and ends its login for both.
 */
export function addAuthRoutes(
  app: Express,
  deps: { database: Queries; passwords: Passwords; jwtSecret: string },
): void {
  const { database, passwords, jwtSecret } = deps;
  const refreshTokens = new RefreshTokens(jwtSecret);

  app.post('/api/v1/auth/register', jsonBody, async (req, res) => {
    const account = read(registration, req.body, 'body');
    const hash = await passwords.hash(account.password);
    const [user] = await database.query<{ id: string }>(INSERT_USER, [account.email, hash, account.name ?? null]);
    if (user === undefined) throw new Problem(409, 'EMAIL_TAKEN', 'this email address has an account already');
    answerJson(res, 201, session(Number(user.id), 'customer'));
  });

  app.post('/api/v1/auth/login', jsonBody, async (req, res) => {
    const credentials = read(login, req.body, 'body');
    // Who has just registered may log in before a replica knows them.
    const own = { complete: (users: readonly unknown[]) => users.length > 0 };
    const [user] = await database.query<{ id: string; hash: string; role: string }>(
      FIND_USER,
      [credentials.email],
      own,
    );
    // What could not have been registered cannot match; it still costs a comparison.
    const hash = storablePassword(credentials.password) ? user?.hash : undefined;
    const matches = await passwords.matches(credentials.password, hash);
    if (!matches || user === undefined) throw new Problem(401, 'BAD_CREDENTIALS', 'email or password is wrong');
    answerJson(res, 200, session(Number(user.id), roleOf(user.role)));
  });

  app.post('/api/v1/auth/refresh', jsonBody, async (req, res) => {
    const token = refreshTokens.read(read(refreshing, req.body, 'body').refreshToken);
    if (token === null) throw invalidRefreshToken();
    const { tokenId, family, userId, expires_s } = token;
    const values = [tokenId, family, userId, expires_s];
    const { outcome, role } = await database.queryOne<{ outcome: string; role: string }>(SPEND, values);
    if (outcome !== 'ok') throw invalidRefreshToken();
    answerJson(res, 200, session(userId, roleOf(role), family));
  });

  app.post('/api/v1/auth/logout', jsonBody, async (req, res) => {
    const token = refreshTokens.read(read(refreshing, req.body, 'body').refreshToken);
    // Who has no valid token is logged out already.
    if (token !== null) await database.query(REVOKE, [token.family, token.expires_s]);
    answerEmpty(res, 204);
  });

  function session(userId: number, role: Role, family?: string): string {
    return JSON.stringify({
      userId,
      role,
      token: signToken(userId, jwtSecret, ACCESS_TOKEN_S, role),
      tokenType: 'Bearer',
      expiresIn_s: ACCESS_TOKEN_S,
      refreshToken: refreshTokens.sign(userId, family),
      refreshExpiresIn_s: REFRESH_TOKEN_S,
    });
  }
}

function invalidRefreshToken(): Problem {
  return new Problem(401, 'UNAUTHENTICATED', 'the refresh token is not valid; log in again');
}
