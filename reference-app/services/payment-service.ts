import { addPaymentRoutes } from '../payments/payment-routes.ts';
import { PaymentStore } from '../payments/payment-store.ts';
import { Rounds } from '../rounds.ts';
import { addWebhookRoutes } from '../third-party/webhook-routes.ts';
import type { Composition, ServiceParts } from './composition.ts';

/** Refunds that the provider did not take are tried again this often. */
const REFUNDS_EVERY_MS = 5_000;

/** Payments, and what their provider tells of them. */
export function paymentService({ primary, thirdParties, webhookSecret, log }: ServiceParts): Composition {
  const payments = new PaymentStore(primary, thirdParties);
  const options = { every_ms: REFUNDS_EVERY_MS, failing: 'refunds are left for later' };
  return {
    background: [new Rounds(() => payments.refundDue(), options, log)],
    add: (app) => {
      addPaymentRoutes(app, { payments });
      addWebhookRoutes(app, { webhookSecret, settlement: payments });
    },
  };
}
