import { randomInt } from 'node:crypto';
import { z } from 'zod';
import { StackError } from '../backend.ts';

const TIMEOUT_MS = 5_000;
/** The most popular product; every seeded shop has it. */
const PRODUCT_ID = 1;
const QUANTITY_MAX = 99;

const signedInShape = z.object({ token: z.string() });
const cartShape = z.object({ items: z.array(z.object({ productId: z.number(), quantity: z.number() })) });

/**
 * One write read back through every tier: a user signs up (once for a stack's data) and in, puts a random quantity of a
 * product into the cart, and finds it there. The cart is emptied again, so that the rows stay what they were.
 * Rejects with a `StackError` that names the request which was not answered as it should be.
 */
export async function checkRoundTrip(
  base_url: string,
  stack: string,
  password: string,
  signal?: AbortSignal,
): Promise<void> {
  const ask = asker(base_url, signal);
  const account = { email: `probe-${stack}@shop-plan.invalid`, password };
  await ask('POST', '/auth/register', [201, 409], { body: account });
  const { token } = signedInShape.parse(await ask('POST', '/auth/login', [200], { body: account }));
  const quantity = randomInt(1, QUANTITY_MAX);
  await ask('PUT', `/cart/items/${PRODUCT_ID}`, [200, 204], { body: { quantity }, token });
  const cart = cartShape.safeParse(await ask('GET', '/cart', [200], { token }));
  const found = cart.data?.items.find(({ productId }) => productId === PRODUCT_ID)?.quantity;
  if (found !== quantity) {
    throw new StackError(
      `${quantity} pieces were put into a cart, and ${found ?? 'none'} were read back`,
      'the tiers are up but lose writes: look at the application logs (`shop-plan logs`)',
    );
  }
  await ask('DELETE', `/cart/items/${PRODUCT_ID}`, [204], { token });
}

interface Content {
  readonly body?: unknown;
  readonly token?: string;
}

type Ask = (method: string, path: string, accept: readonly number[], content: Content) => Promise<unknown>;

function asker(base_url: string, signal: AbortSignal | undefined): Ask {
  return async (method, path, accept, { body, token }) => {
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(`${base_url}/api/v1${path}`, {
      method,
      headers: {
        // A pooled connection to a stack that is taken down later would be one to nowhere.
        connection: 'close',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
    });
    const text = await response.text();
    if (accept.includes(response.status)) return text === '' ? undefined : JSON.parse(text);
    throw new StackError(
      `${method} ${path} answered ${response.status} during the final check: ${text.slice(0, 200)}`,
      'the tiers are up but do not work together: look at the application logs (`shop-plan logs`)',
    );
  };
}
