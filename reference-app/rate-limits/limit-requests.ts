import type { Express } from 'express';
import type { TokenVerifier } from '../auth/tokens.ts';
import { clientAddress } from './client-address.ts';
import { LIMITED_ROUTES, UNLIMITED } from './limits.ts';
import type { RateLimiter } from './rate-limiter.ts';

/**
 * Counts requests before anything is done for them. To be called before any route is added: a route with a limit of its own
 * is added here under the same pattern, so that whatever matches the one matches the other.
 */
export function limitRequests(app: Express, limiter: RateLimiter, tokens: TokenVerifier): void {
  app.use(async (req, _res, next) => {
    if (!UNLIMITED.test(req.path)) {
      const userId = tokens.verify(req.headers.authorization);
      const address = limiter.take('address', clientAddress(req));
      await (userId === null ? address : Promise.all([address, limiter.take('user', String(userId))]));
    }
    next();
  });
  for (const { method, path, limit, by } of LIMITED_ROUTES) {
    app[method](path, async (req, _res, next) => {
      const userId = by === 'caller' ? tokens.verify(req.headers.authorization) : null;
      await limiter.take(limit, userId === null ? clientAddress(req) : `user-${userId}`);
      next();
    });
  }
}
