import type { Request, RequestHandler, Response } from 'express';
import type { Log } from '../log.ts';
import type { Counts } from '../metrics/metrics.ts';
import { unavailable } from './problem.ts';
import { requestId } from './request-id.ts';

/** These are asked by those who watch over the instance, and matter most when it is overloaded. */
const NEVER_SHED = /\/(?:health|ready|metrics)$/;

/**
 * Counts every answered request by route pattern and status, and turns requests away at once while more than `inFlightMax` are
 * under way: they could not be served in time, and would slow the others down. At level debug it also logs each one.
 */
export function observeRequests(counts: Counts, log: Log, inFlightMax: number): RequestHandler {
  const logEach = log.isLevelEnabled('debug');
  // One function for all responses, reached through `this`: no closure is made per request.
  function countAnswer(this: Response): void {
    counts.inFlight -= 1;
    // A client that left has no answer.
    if (this.writableFinished) counts.request(routeOf(this.req), this.statusCode);
  }
  return (req, res, next) => {
    counts.inFlight += 1;
    res.on('close', countAnswer);
    if (logEach) logAnswer(log, req, res);
    if (counts.inFlight <= inFlightMax || NEVER_SHED.test(req.path)) {
      next();
      return;
    }
    counts.shed += 1;
    next(unavailable('too many requests are under way'));
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
