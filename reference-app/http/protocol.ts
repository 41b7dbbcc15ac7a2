import type { RequestListener } from 'node:http';
import { answerJson } from './answer.ts';
import { Problem } from './problem.ts';

/**
 * Refuses requests of HTTP/1.1 that name no host (RFC 9112, 3.2), and hands the others on. Node refuses them by itself, with
 * an empty answer, unless its `requireHostHeader` is off.
 */
export function requireHost(handle: RequestListener): RequestListener {
  return (req, res) => {
    if (req.headers.host !== undefined || req.httpVersionMinor === 0) return handle(req, res);
    const problem = new Problem(400, 'MALFORMED_REQUEST', 'the request names no host');
    answerJson(res, problem.status, problem.toBody(), { Connection: 'close' });
  };
}

/** Answers an `Expect` header that is not 100-continue. To be attached to the server's `checkExpectation` event. */
export const answerExpectation: RequestListener = (_req, res) => {
  const problem = new Problem(417, 'EXPECTATION_FAILED', 'no other expectation than 100-continue is met');
  answerJson(res, problem.status, problem.toBody(), { Connection: 'close' });
};
