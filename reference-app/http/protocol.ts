import type { RequestListener } from 'node:http';
import type { RequestHandler } from 'express';
import { answerJson } from './answer.ts';
import { Problem } from './problem.ts';

/**
 * Refuses requests of HTTP/1.1 that name no host (RFC 9112, 3.2). Node does so by itself, with an empty answer, unless its
 * `requireHostHeader` is off.
 */
export const requireHost: RequestHandler = (req, _res, next) => {
  if (req.headers.host === undefined && req.httpVersionMinor > 0) {
    throw new Problem(400, 'MALFORMED_REQUEST', 'the request names no host');
  }
  next();
};

/** Answers an `Expect` header that is not 100-continue. To be attached to the server's `checkExpectation` event. */
export const answerExpectation: RequestListener = (_req, res) => {
  const problem = new Problem(417, 'EXPECTATION_FAILED', 'no other expectation than 100-continue is met');
  answerJson(res, problem.status, problem.toBody(), { Connection: 'close' });
};
