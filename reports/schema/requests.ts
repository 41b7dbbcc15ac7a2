import { z } from 'zod';
import { KINDS, METHODS, PICKS } from '../../model/plan/read-requests.ts';
import { key } from './key.ts';
import { PLAIN, TEXT, TIME } from './scalars.ts';

const FEED = z.strictObject({
  file: key(TEXT, 'The file with the rows, which loading the data writes', 'products.tsv'),
  pick: key(z.enum(PICKS), 'How rows are drawn', 'zipf'),
  exponent: key(PLAIN, 'How unequal the rows of `zipf` are', 0.99).optional(),
});

const STATUS = z.union([z.int().min(100).max(599), z.string().regex(/^[1-5]\d\d$/)]);

const REQUEST = z.strictObject({
  share: key(PLAIN, 'Share of all requests; all shares add up to 100 %', '60 %'),
  kind: key(z.enum(KINDS), 'Whether it changes anything', 'read'),
  method: key(z.enum(METHODS), 'The HTTP method', 'GET'),
  path: key(z.string().regex(/^\//), 'The path, with `${feed.column}` where a row fills it', '/products/${product.id}'),
  headers: key(z.record(z.string(), TEXT), 'Headers to send', { authorization: 'Bearer ${user.token}' }).optional(),
  body: key(z.record(z.string(), z.unknown()), 'The body, sent as JSON', { quantity: 1 }).optional(),
  identify: key(
    z.strictObject({
      header: key(TEXT, 'The header', 'Idempotency-Key').optional(),
      body: key(TEXT, 'The field of the body, in place of a header', 'alias').optional(),
    }),
    'The header or field of the body that takes an id which the client has chosen',
    { header: 'Idempotency-Key' },
  ).optional(),
  accept: key(z.array(STATUS), 'Statuses that count as ok (default: 200, 201 and 204)', [200]).optional(),
  timeout: key(TIME, 'When to give up (default: 10 s)', '2 s').optional(),
});

export const FEEDS = z.record(z.string(), FEED);
export const REQUESTS = z.record(z.string(), REQUEST);
