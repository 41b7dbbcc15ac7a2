import cors from 'cors';
import type { RequestHandler } from 'express';

/** For so long a browser need not ask again. */
const REMEMBERED_S = 600;

/**
 * Lets pages of these origins call the API; those of all others, and everybody without origins (undefined), get no header
 * that would let them. There are no cookies, so credentials are not allowed: a token is sent by the page itself.
 */
export function allowOrigins(origins: readonly string[]): RequestHandler | undefined {
  if (origins.length === 0) return undefined;
  return cors({
    origin: [...origins],
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key', 'X-Request-Id'],
    exposedHeaders: ['Idempotent-Replayed', 'Retry-After', 'X-Request-Id'],
    maxAge: REMEMBERED_S,
  });
}
