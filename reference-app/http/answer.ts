import type { ServerResponse } from 'node:http';
import helmet from 'helmet';

/**
 * The security headers that mean something for a JSON API behind a TLS-terminating proxy. helmet decides their values. They
 * are taken from it once, at start: setting all of its headers for each request was measured at 2.6 µs, these at 0.2 µs.
 */
const SECURITY_HEADERS = captureSecurityHeaders();
const JSON_HEADERS = { ...SECURITY_HEADERS, 'Content-Type': 'application/json; charset=utf-8' };

/** Answers with a body that is JSON already: a text from the database, or bytes from the cache. */
export function answerJson(
  res: ServerResponse,
  status: number,
  body: string | Buffer,
  more?: Record<string, string>,
): void {
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
  res.writeHead(status, { ...JSON_HEADERS, 'Content-Length': length, ...more });
  res.end(body);
}

/** Answers with text that is no JSON. */
export function answerText(res: ServerResponse, contentType: string, text: string): void {
  res.writeHead(200, { ...SECURITY_HEADERS, 'Content-Type': contentType, 'Content-Length': Buffer.byteLength(text) });
  res.end(text);
}

/** Answers with nothing but a status and headers. */
export function answerEmpty(res: ServerResponse, status: number, more?: Record<string, string>): void {
  res.writeHead(status, { ...SECURITY_HEADERS, ...more });
  res.end();
}

function captureSecurityHeaders(): Record<string, string> {
  const headers: Record<string, string> = {};
  const recorder = {
    setHeader: (name: string, value: string) => {
      headers[name] = value;
    },
    removeHeader: () => undefined,
  };
  const middleware = helmet({
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xFrameOptions: { action: 'deny' },
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
  });
  // helmet asks of a response only that headers can be set and removed; a real one exists only within a request.
  middleware({} as never, recorder as never, () => undefined);
  return headers;
}
