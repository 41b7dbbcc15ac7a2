import type { Express } from 'express';
import { answerEmpty } from '../http/answer.ts';
import { notFound } from '../http/problem.ts';
import { isCode } from './url-request.ts';
import type { UrlStore } from './url-store.ts';

/**
 * Found, and not moved for good, and not to be kept: a browser that remembered where a code leads would no longer be counted,
 * and would still go there when the URL has been taken back.
 */
const STATUS = 302;
const CACHE_CONTROL = 'private, no-store';

/** What the answer to a create gives the author's browser under the strategy `primary-for-author`, for that one path. */
export const AUTHOR_COOKIE = 'author=1';
const AUTHOR = /(?:^|;\s*)author=1(?:;|$)/;

/** GET /:code: leads to the address. Answered first of all routes, as nearly all requests are for it. */
export function addRedirectRoute(
  app: Express,
  { urls, authorsKnown }: { urls: UrlStore; authorsKnown: boolean },
): void {
  app.get('/:code', async (req, res, next) => {
    const { code } = req.params;
    if (!isCode(code)) {
      next();
      return;
    }
    const address = await urls.address(code, authorsKnown && AUTHOR.test(req.headers.cookie ?? ''));
    if (address === null) throw notFound('URL');
    // A HEAD looks where it leads, but nobody goes there.
    if (req.method === 'GET') urls.clicked(code);
    answerEmpty(res, STATUS, { Location: address, 'Cache-Control': CACHE_CONTROL, 'Content-Length': '0' });
  });
}
