import express from 'express';

/** No request of this service needs more: an order of 50 lines with an address has under 5 KB. */
export const BODY_LIMIT_BYTES = 16 * 1024;

/** Reads a JSON body; given to the routes that have one, so that reads do not pay for it. */
export const jsonBody: ReturnType<typeof express.json> = express.json({
  limit: BODY_LIMIT_BYTES,
  inflate: false,
  strict: true,
});
