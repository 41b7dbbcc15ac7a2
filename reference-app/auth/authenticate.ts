import type { Request } from 'express';
import { Problem } from '../http/problem.ts';
import type { TokenVerifier } from './tokens.ts';

/** The user a request comes from. Throws a 401 `Problem` without a valid access token. */
export function authenticate(req: Request, tokens: TokenVerifier): number {
  const userId = tokens.verify(req.headers.authorization);
  if (userId === null) throw new Problem(401, 'UNAUTHENTICATED', 'a valid bearer token is required');
  return userId;
}
