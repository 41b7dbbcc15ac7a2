import type { Socket } from 'node:net';
import { Problem } from './problem.ts';

/**
 * Answers what Node's HTTP parser refuses, before any route is reached, in the same shape as every other failure. To be
 * attached to the server's `clientError` event.
 */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const { status, reason, problem } = toAnswer(error.code);
  const body = problem.toBody();
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\nContent-Type: application/json; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

function toAnswer(code: string | undefined): { status: number; reason: string; problem: Problem } {
  if (code === 'HPE_HEADER_OVERFLOW') {
    const problem = new Problem(431, 'HEADERS_TOO_LARGE', 'the request headers are too large');
    return { status: 431, reason: 'Request Header Fields Too Large', problem };
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    const problem = new Problem(408, 'REQUEST_TIMEOUT', 'the request took too long to arrive');
    return { status: 408, reason: 'Request Timeout', problem };
  }
  return {
    status: 400,
    reason: 'Bad Request',
    problem: new Problem(400, 'MALFORMED_REQUEST', 'the request is malformed'),
  };
}
