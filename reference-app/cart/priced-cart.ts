import { z } from 'zod';
import type { Catalogue } from '../products/catalogue.ts';

export const cartLines = z.array(z.object({ productId: z.int(), quantity: z.int() }));

/** A cart as the API returns it, from its lines as JSON. What is no product any more is left out. Sums are whole cents. */
export async function pricedCart(lines: string, catalogue: Catalogue): Promise<string> {
  const read = cartLines.parse(JSON.parse(lines));
  const facts = await catalogue.facts(read.map((line) => line.productId));
  const items = read.flatMap(({ productId, quantity }) => {
    const known = facts.get(productId);
    return known === undefined ? [] : [{ productId, ...known, quantity }];
  });
  const totalItems = items.reduce((sum, item) => sum + item.quantity, 0);
  const totalCents = items.reduce((sum, item) => sum + item.quantity * item.priceCents, 0);
  return JSON.stringify({ items, totalItems, totalCents });
}
