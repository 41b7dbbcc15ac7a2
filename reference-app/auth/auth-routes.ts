import type { Express } from 'express';
import { z } from 'zod';
import type { Queries, Statement } from '../database/database.ts';
import { answerJson } from '../http/answer.ts';
import { jsonBody } from '../http/json-body.ts';
import { Problem } from '../http/problem.ts';
import { read, text } from '../http/validation.ts';
import { PASSWORD_BYTES_MAX, type Passwords } from './passwords.ts';
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
  text: 'SELECT user_id::text AS id, password_hash AS hash FROM users WHERE email = $1',
};

const email = text(3, 254)
  .pipe(z.email())
  .transform((address) => address.toLowerCase());
const storablePassword = (password: string) =>
  Buffer.byteLength(password) <= PASSWORD_BYTES_MAX && !password.includes('\0');
const newPassword = z
  .string()
  .min(8)
  .refine(storablePassword, `must have at most ${PASSWORD_BYTES_MAX} bytes and no U+0000`);

const registration = z.strictObject({ email, password: newPassword, name: text(1, 200).optional() });
const login = z.strictObject({ email, password: z.string().min(1).max(1_000) });

/** POST /auth/register and /auth/login: both answer with an access token. */
export function addAuthRoutes(
  app: Express,
  deps: { database: Queries; passwords: Passwords; jwtSecret: string },
): void {
  const { database, passwords, jwtSecret } = deps;

  app.post('/api/v1/auth/register', jsonBody, async (req, res) => {
    const account = read(registration, req.body, 'body');
    const hash = await passwords.hash(account.password);
    const [user] = await database.query<{ id: string }>(INSERT_USER, [account.email, hash, account.name ?? null]);
    if (user === undefined) throw new Problem(409, 'EMAIL_TAKEN', 'this email address has an account already');
    answerJson(res, 201, session(Number(user.id), jwtSecret));
  });

  app.post('/api/v1/auth/login', jsonBody, async (req, res) => {
    const credentials = read(login, req.body, 'body');
    const [user] = await database.query<{ id: string; hash: string }>(FIND_USER, [credentials.email]);
    // What could not have been registered cannot match; it still costs a comparison.
    const hash = storablePassword(credentials.password) ? user?.hash : undefined;
    const matches = await passwords.matches(credentials.password, hash);
    if (!matches || user === undefined) throw new Problem(401, 'BAD_CREDENTIALS', 'email or password is wrong');
    answerJson(res, 200, session(Number(user.id), jwtSecret));
  });
}

function session(userId: number, jwtSecret: string): string {
  return JSON.stringify({
    userId,
    token: signToken(userId, jwtSecret),
    tokenType: 'Bearer',
    expiresIn_s: ACCESS_TOKEN_S,
  });
}
