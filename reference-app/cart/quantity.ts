import { z } from 'zod';

/** Most of one product that a cart or an order line can hold; the schema says the same. */
export const QUANTITY_MAX = 999;

export const quantity = z.int().min(1).max(QUANTITY_MAX);
