import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import { Problem } from '../http/problem.ts';

/** 128 bits: nobody guesses that. */
const TOKEN_BYTES = 16;
const BEARER = /^Bearer ([\w-]+)$/i;

/** What a URL's creator shows to take it back. Derived from the code, so that nothing has to be stored and repeats get it again. */
export function ownerToken(secret: string, code: string): string {
  return createHmac('sha256', secret).update(`owner ${code}`).digest().subarray(0, TOKEN_BYTES).toString('base64url');
}

/** Throws a 401 `Problem` without an owner token, and a 403 with that of another URL. */
export function requireOwner(req: Request, secret: string, code: string): void {
  const given = BEARER.exec(req.headers.authorization ?? '')?.[1];
  if (given === undefined) throw new Problem(401, 'UNAUTHENTICATED', 'the owner token is required as bearer token');
  const [one, other] = [Buffer.from(given), Buffer.from(ownerToken(secret, code))];
  if (one.length !== other.length || !timingSafeEqual(one, other)) {
    throw new Problem(403, 'FORBIDDEN', 'this is not the owner token of this URL');
  }
}
