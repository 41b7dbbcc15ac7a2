import { createHash } from 'node:crypto';
import { z } from 'zod';
import { addressText } from '../addresses/address.ts';
import { quantity, QUANTITY_MAX } from '../cart/quantity.ts';
import { Problem } from '../http/problem.ts';
import { id, read } from '../http/validation.ts';

export const ORDER_LINES_MAX = 50;

export const orderBody = z
  .strictObject({
    items: z
      .array(z.strictObject({ productId: id, quantity }))
      .min(1)
      .max(ORDER_LINES_MAX)
      .optional(),
    paymentMethod: z.enum(['CARD', 'UPI', 'COD']),
    shippingAddress: addressText.optional(),
    addressId: id.optional(),
  })
  .refine(({ shippingAddress, addressId }) => (shippingAddress === undefined) !== (addressId === undefined), {
    error: 'must be given, or else the addressId of one in the address book',
    path: ['shippingAddress'],
  });

const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,128}$/, 'must be 1 to 128 visible ASCII characters')
  .optional();

/** What is to be ordered. `items` is null to order the cart; otherwise its products are distinct. */
export interface OrderRequest {
  readonly items: ReadonlyMap<number, number> | null;
  readonly paymentMethod: string;
  readonly shippingAddress: string;
  readonly idempotencyKey: string | null;
  /** Tells whether a repeated key belongs to the same request: SHA-256 of the request as understood. */
  readonly fingerprint: string | null;
}

/** An order as it is asked for: where to is an address, or the id of one in the user's address book. */
export type OrderWish = Omit<OrderRequest, 'shippingAddress'> & { readonly destination: string | number };

/** Reads an order's body and its `Idempotency-Key` header. Throws a 400 `Problem`. */
export function readOrderRequest(body: unknown, keyHeader: string | string[] | undefined): OrderWish {
  const order = read(orderBody, body, 'body');
  const key = read(idempotencyKey, keyHeader, 'header') ?? null;
  const items = order.items === undefined ? null : mergeLines(order.items);
  const { paymentMethod } = order;
  // One of the two is there: the schema says so.
  const destination = order.addressId ?? order.shippingAddress ?? '';
  const understood = JSON.stringify([
    items === null ? null : [...items].toSorted(([a], [b]) => a - b),
    paymentMethod,
    destination,
  ]);
  const fingerprint = key === null ? null : createHash('sha256').update(understood).digest('base64url');
  return { items, paymentMethod, destination, idempotencyKey: key, fingerprint };
}

/** Two lines of the same product are one line with the sum of both. */
function mergeLines(lines: readonly { productId: number; quantity: number }[]): Map<number, number> {
  const merged = new Map<number, number>();
  for (const { productId, quantity } of lines) merged.set(productId, (merged.get(productId) ?? 0) + quantity);
  for (const [productId, sum] of merged) {
    if (sum <= QUANTITY_MAX) continue;
    throw new Problem(400, 'INVALID_INPUT', 'the body is not acceptable', {
      details: [{ at: 'body.items', problem: `more than ${QUANTITY_MAX} of product ${productId}` }],
    });
  }
  return merged;
}
