export type ProblemCode =
  | 'INVALID_INPUT'
  | 'MALFORMED_JSON'
  | 'MALFORMED_REQUEST'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'BODY_TOO_LARGE'
  | 'HEADERS_TOO_LARGE'
  | 'REQUEST_TIMEOUT'
  | 'EXPECTATION_FAILED'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'BAD_CREDENTIALS'
  | 'NOT_FOUND'
  | 'EMAIL_TAKEN'
  | 'CART_FULL'
  | 'CART_EMPTY'
  | 'TOO_MANY_OF_PRODUCT'
  | 'TOO_MANY_IMAGES'
  | 'ADDRESS_BOOK_FULL'
  | 'OUT_OF_STOCK'
  | 'TOO_LATE'
  | 'NOT_SHIPPED'
  | 'ALREADY_PICKED'
  | 'NOT_OPEN'
  | 'WRONG_QUANTITY'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'ALIAS_TAKEN'
  | 'BAD_SIGNATURE'
  | 'RATE_LIMITED'
  | 'UNAVAILABLE'
  | 'INTERNAL';

/** Seconds after which a client may try again what was unavailable. */
const RETRY_AFTER_S = 1;

/** A failure as the client meets it: `{error: {code, message, details?}}`. Thrown by handlers, written by the error handler. */
export class Problem extends Error {
  override name = 'Problem';
  readonly status: number;
  readonly code: ProblemCode;
  readonly details: unknown;
  /** When the client may come back, where that is known. */
  readonly retryAfter_s: number | undefined;

  constructor(
    status: number,
    code: ProblemCode,
    message: string,
    options: { details?: unknown; cause?: unknown; retryAfter_s?: number } = {},
  ) {
    super(message, { cause: options.cause });
    this.status = status;
    this.code = code;
    this.details = options.details;
    this.retryAfter_s = options.retryAfter_s;
  }

  /** The body, in the one shape every failure has. */
  toBody(): string {
    const { code, message, details } = this;
    return JSON.stringify({ error: details === undefined ? { code, message } : { code, message, details } });
  }
}

/** Something this service needs is away or overloaded; the client may come back soon. */
export function unavailable(message: string, cause?: unknown): Problem {
  return new Problem(503, 'UNAVAILABLE', message, { cause, retryAfter_s: RETRY_AFTER_S });
}

export function notFound(what: string): Problem {
  return new Problem(404, 'NOT_FOUND', `no such ${what}`);
}
