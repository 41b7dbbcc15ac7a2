import type { Request, RequestHandler, Response } from 'express';
import type { Log } from '../log.ts';
import type { Counts } from '../metrics/metrics.ts';
import { requestId } from './request-id.ts';

/** Counts every answered request by route pattern and status; at level debug it also logs each one. */
export function observeRequests(counts: Counts, log: Log): RequestHandler {
  const logEach = log.isLevelEnabled('debug');
  // One function for all responses, reached through `this`: no closure is made per request.
  function countAnswer(this: Response): void {
    counts.request(routeOf(this.req), this.statusCode);
  }
  return (req, res, next) => {
    res.on('finish', countAnswer);
    if (logEach) logAnswer(log, req, res);
    next();
  };
}

function routeOf(req: Request): string {
  // Express types `route` as any; it is absent when no route matched.
  const route: { path: string } | undefined = req.route;
  return route?.path ?? 'unmatched';
}

function logAnswer(log: Log, req: Request, res: Response): void {
  const start_ms = performance.now();
  res.on('finish', () => {
    const { method, path } = req;
    const duration_ms = performance.now() - start_ms;
    log.debug({ requestId: requestId(req), method, path, status: res.statusCode, duration_ms }, 'answered');
  });
}
