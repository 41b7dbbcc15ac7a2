import { z } from 'zod';
import { id, text } from '../http/validation.ts';
import { bodyOf } from '../internal/answer.ts';
import type { ServiceClient } from '../internal/service-client.ts';

export const paymentRequest = z.strictObject({
  orderId: id,
  amountCents: z.int().min(0),
  method: z.enum(['CARD', 'UPI', 'COD']),
});
export type PaymentRequest = z.output<typeof paymentRequest>;

/** `waiting`: the payment provider has not answered; ask again. `cancelled`: it is not wanted any more. */
export const charged = z.object({
  outcome: z.enum(['paid', 'declined', 'on_delivery', 'waiting', 'cancelled']),
  transactionId: text(1, 200).nullable(),
});
export type Charged = z.output<typeof charged>;

export const refunded = z.object({ outcome: z.enum(['refunded', 'nothing_paid', 'waiting']) });
export type Refunded = z.output<typeof refunded>;

/** How long an order waits for its charge before it goes on without. */
export const CHARGE_MS = 3_000;

/**
 * The payment service. An order has one payment, so asking twice charges or refunds once. Throws a 503 `Problem` when it does
 * not answer in time; then the payment may have been made. In the monolith the payment worker does this.
 */
export class RemotePayments {
  readonly #service: ServiceClient;

  constructor(service: ServiceClient) {
    this.#service = service;
  }

  async charge(request: PaymentRequest): Promise<Charged> {
    return charged.parse(bodyOf(await this.#service.post('/charges', request, CHARGE_MS), 'a charge'));
  }

  async refund(request: PaymentRequest): Promise<Refunded> {
    return refunded.parse(bodyOf(await this.#service.post('/refunds', request, CHARGE_MS), 'a refund'));
  }
}
