import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Problem } from '../http/problem.ts';
import { read } from '../http/validation.ts';

export const ADDRESS_LENGTH_MAX = 2_048;
/** What lies beside the short URLs and can be none of them. */
const RESERVED = new Set(['api', 'health', 'metrics', 'ready']);
const CODE = /^[\w-]{3,32}$/;

/** Whether a path can be a short URL's; what cannot needs no question to cache or database. */
export function isCode(text: string): boolean {
  return CODE.test(text) && !RESERVED.has(text);
}

export const code = z
  .string()
  .refine(isCode, 'must be 3 to 32 of A-Z a-z 0-9 _ -, and none of this service’s own names');

export const urlBody = z.strictObject({
  url: z.string().trim().min(1).max(ADDRESS_LENGTH_MAX),
  alias: code.optional(),
});

/** Keys of all clients are one space, as there are no users here: a short one would meet somebody else's. */
const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{16,128}$/, 'must be 16 to 128 visible ASCII characters')
  .optional();

/** What is to be shortened. */
export interface UrlRequest {
  /** In the one form that the URL standard gives it: ASCII, fit for a `Location`. */
  readonly address: string;
  readonly alias: string | undefined;
  readonly key: string | undefined;
  /** SHA-256 of the key. */
  readonly keyHash: Buffer | null;
}

/**
 * Reads what is to be shortened, and its `Idempotency-Key` header. Throws a 400 `Problem`. `origin` is our own: a short URL of a
 * short URL could lead in circles.
 */
export function readUrlRequest(body: unknown, keyHeader: string | string[] | undefined, origin: URL): UrlRequest {
  const { url, alias } = read(urlBody, body, 'body');
  const key = read(idempotencyKey, keyHeader, 'header');
  const keyHash = key === undefined ? null : createHash('sha256').update(key).digest();
  return { address: readAddress(url, origin), alias, key, keyHash };
}

function readAddress(text: string, origin: URL): string {
  const address = URL.parse(text);
  if (address === null) throw unacceptable('must be an absolute URL');
  const problem = problemOf(address, origin);
  if (problem !== undefined) throw unacceptable(problem);
  return address.href;
}

function problemOf({ protocol, host, hostname, username, password, href }: URL, origin: URL): string | undefined {
  if (protocol !== 'http:' && protocol !== 'https:') return 'must begin with http:// or https://';
  // `https://bank.example@elsewhere.example` does not lead where it seems to.
  if (username !== '' || password !== '') return 'must not hold a user name or password';
  if (host === origin.host || withoutDot(hostname) === withoutDot(origin.hostname)) return 'must not lead back here';
  if (href.length > ADDRESS_LENGTH_MAX) return `must have at most ${ADDRESS_LENGTH_MAX} characters once it is encoded`;
  return undefined;
}

/** `short.example.` is the same host as `short.example`. */
function withoutDot(hostname: string): string {
  return hostname.replace(/\.$/, '');
}

function unacceptable(problem: string): Problem {
  return new Problem(400, 'INVALID_INPUT', 'the body is not acceptable', { details: [{ at: 'body.url', problem }] });
}
