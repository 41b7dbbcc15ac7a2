import type { Request } from 'express';
import { Problem } from '../http/problem.ts';
import type { Session, TokenVerifier } from './tokens.ts';

/** The user a request comes from. Throws a 401 `Problem` without a valid access token. */
export function authenticate(req: Request, tokens: TokenVerifier): number {
  const userId = tokens.verify(req.headers.authorization);
  if (userId === null) throw new Problem(401, 'UNAUTHENTICATED', 'a valid bearer token is required');
  return userId;
}

/** As `authenticate`, with the role. */
export function authenticateSession(req: Request, tokens: TokenVerifier): Session {
  const session = tokens.session(req.headers.authorization);
  if (session === null) throw new Problem(401, 'UNAUTHENTICATED', 'a valid bearer token is required');
  return session;
}
