import type { Express, Request } from 'express';
import { answerEmpty, answerJson } from '../http/answer.ts';
import { jsonBody } from '../http/json-body.ts';
import { notFound, Problem } from '../http/problem.ts';
import { read } from '../http/validation.ts';
import { ownerToken, requireOwner } from './owner-token.ts';
import { AUTHOR_COOKIE } from './redirect-route.ts';
import { code as codeText, readUrlRequest } from './url-request.ts';
import type { UrlStore } from './url-store.ts';

export interface UrlRouteDeps {
  readonly urls: UrlStore;
  readonly secret: string;
  readonly publicOrigin: string | undefined;
  /** Seconds for which authors' browsers say that they are; absent where that makes no difference. */
  readonly authorWindow_s: number | undefined;
}

/** POST /urls, GET /urls/:code (with its clicks), DELETE /urls/:code (with the owner token). */
export function addUrlRoutes(app: Express, { urls, secret, publicOrigin, authorWindow_s }: UrlRouteDeps): void {
  app.post('/api/v1/urls', jsonBody, async (req, res) => {
    const origin = originOf(req, publicOrigin);
    const request = readUrlRequest(req.body, req.headers['idempotency-key'], origin);
    const { code, replayed } = await urls.make(request);
    const shortUrl = shortUrlOf(origin, code);
    const body = { code, shortUrl, url: request.address, ownerToken: ownerToken(secret, code) };
    answerJson(res, 201, JSON.stringify(body), {
      Location: shortUrl,
      'Cache-Control': 'no-store',
      ...(replayed ? { 'Idempotent-Replayed': 'true' } : {}),
      ...(authorWindow_s === undefined
        ? {}
        : { 'Set-Cookie': `${AUTHOR_COOKIE}; Path=/${code}; Max-Age=${authorWindow_s}; HttpOnly; SameSite=Lax` }),
    });
  });

  app.get('/api/v1/urls/:code', async (req, res) => {
    const code = read(codeText, req.params.code, 'path');
    const found = await urls.read(code);
    if (found === null) throw notFound('URL');
    const { address: url, createdAt, clicks } = found;
    const shortUrl = shortUrlOf(originOf(req, publicOrigin), code);
    answerJson(res, 200, JSON.stringify({ code, shortUrl, url, createdAt, clicks }), { 'Cache-Control': 'no-store' });
  });

  app.delete('/api/v1/urls/:code', async (req, res) => {
    const code = read(codeText, req.params.code, 'path');
    requireOwner(req, secret, code);
    if (!(await urls.takeBack(code))) throw notFound('URL');
    answerEmpty(res, 204);
  });
}

function shortUrlOf(origin: URL, code: string): string {
  return new URL(code, origin).href;
}

/** Where short URLs are reached. Whoever names another host than they reached us by deceives nobody but themselves. */
function originOf(req: Request, publicOrigin: string | undefined): URL {
  const origin = URL.parse(publicOrigin ?? `http://${req.headers.host ?? ''}`);
  if (origin === null) throw new Problem(400, 'MALFORMED_REQUEST', 'the Host header is no host');
  return new URL(origin.origin);
}
