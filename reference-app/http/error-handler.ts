import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Log } from '../log.ts';
import { QuietLog } from '../log.ts';
import { answerJson } from './answer.ts';
import { notFound, Problem } from './problem.ts';
import { requestId } from './request-id.ts';

export const unknownRoute: RequestHandler = () => {
  throw notFound('route');
};

/** Writes every failure in the one shape. What a client must not see (messages of drivers, stacks) goes to the log only. */
export function errorHandler(log: Log): ErrorRequestHandler {
  const quiet = new QuietLog(log);
  // Express recognises an error handler by its four parameters.
  return (error: unknown, req, res, _next) => {
    const problem = toProblem(error);
    if (problem.status === 503) quiet.warn(problem.cause ?? problem, problem.message);
    if (problem.status === 500)
      log.error({ err: error, requestId: requestId(req), method: req.method, path: req.path }, 'failed');
    if (res.headersSent) {
      res.destroy();
      return;
    }
    const more: Record<string, string> = { 'X-Request-Id': requestId(req) };
    if (problem.retryAfter_s !== undefined) more['Retry-After'] = String(problem.retryAfter_s);
    if (problem.status === 401) more['WWW-Authenticate'] = 'Bearer';
    // The rest of an oversized body is not waited for.
    if (problem.status === 413) more['Connection'] = 'close';
    answerJson(res, problem.status, problem.toBody(), more);
  };
}

function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (!(error instanceof Error)) return new Problem(500, 'INTERNAL', 'something went wrong here', { cause: error });
  const status = 'status' in error && typeof error.status === 'number' ? error.status : 500;
  const type = 'type' in error ? error.type : undefined;
  if (type === 'entity.too.large') return new Problem(413, 'BODY_TOO_LARGE', 'the body is too large');
  if (type === 'entity.parse.failed') return new Problem(400, 'MALFORMED_JSON', 'the body is not JSON');
  if (status === 415)
    return new Problem(415, 'UNSUPPORTED_MEDIA_TYPE', 'the body must be plain application/json in UTF-8');
  if (status >= 400 && status < 500)
    return new Problem(400, 'MALFORMED_REQUEST', 'the request is malformed', { cause: error });
  return new Problem(500, 'INTERNAL', 'something went wrong here', { cause: error });
}
