import { z } from 'zod';
import { id } from '../http/validation.ts';
import { bodyOf } from '../internal/answer.ts';
import type { ServiceClient } from '../internal/service-client.ts';

export interface Line {
  readonly productId: number;
  readonly quantity: number;
}

export const stockLine = z.strictObject({ productId: id, quantity: z.int().min(1).max(999) });
export const reservationRequest = z.strictObject({
  reservationId: z.uuid(),
  lines: z.array(stockLine).min(1).max(100),
});
export const confirmation = z.strictObject({ ...reservationRequest.shape, orderId: id });
export const releaseRequest = z.strictObject({ reservationId: z.uuid(), final: z.boolean() });
export const stockSetting = z.strictObject({ productId: id, stock: z.int().min(0).max(1_000_000_000) });

const lacking = z.object({ productId: id, requested: z.int(), available: z.int().nullable() });
export const reserved = z.object({
  outcome: z.enum(['reserved', 'out_of_stock', 'cancelled']),
  lacking: z.array(lacking).nullable(),
});
export type Reserved = z.output<typeof reserved>;
const confirmed = z.object({ outcome: z.enum(['confirmed', 'cancelled', 'lost']) });
const counted = z.object({ stock: z.int().min(0) });
const set = z.object({ found: z.boolean() });

/**
 * The stock of the inventory service. All of it may be asked twice. Each call throws a 503 `Problem` when it could not be
 * made; then it may have had its effect. In the monolith `place_order` and `cancel_order` change the stock themselves.
 */
export class RemoteStock {
  readonly #service: ServiceClient;

  constructor(service: ServiceClient) {
    this.#service = service;
  }

  /** Takes all lines or none; who does not confirm in time loses them. An id stands for its lines. */
  async reserve(reservationId: string, lines: readonly Line[]): Promise<Reserved> {
    return reserved.parse(bodyOf(await this.#service.post('/reservations', { reservationId, lines }), 'a reservation'));
  }

  /** An order stands. `lost`: the reservation had expired, and what it held is gone. */
  async confirm(
    reservationId: string,
    orderId: number,
    lines: readonly Line[],
  ): Promise<'confirmed' | 'cancelled' | 'lost'> {
    const answer = await this.#service.post('/reservations/confirm', { reservationId, orderId, lines });
    return confirmed.parse(bodyOf(answer, 'a confirmation')).outcome;
  }

  /** Gives back what is held. `final`: also what is confirmed, and nobody can have it under this id again. */
  async release(reservationId: string, final: boolean): Promise<void> {
    bodyOf(await this.#service.post('/reservations/release', { reservationId, final }), 'a release');
  }

  /** How many there are, as everybody may know; undefined when there is no such product. */
  async read(productId: number, timeout_ms: number): Promise<number | undefined> {
    const answer = await this.#service.get(`/products/${productId}/inventory`, timeout_ms);
    return answer.status === 404 ? undefined : counted.parse(bodyOf(answer, 'how many there are')).stock;
  }

  /** Sets how many there are; false when there is no such product. */
  async set(productId: number, stock: number): Promise<boolean> {
    return set.parse(bodyOf(await this.#service.post('/stock/set', { productId, stock }), 'a change of stock')).found;
  }
}
