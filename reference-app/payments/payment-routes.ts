import type { Express } from 'express';
import { addInternalRoute } from '../internal/internal-routes.ts';
import type { PaymentStore } from './payment-store.ts';
import { paymentRequest } from './payments.ts';

/** POST /internal/charges and /internal/refunds, for the order service. */
export function addPaymentRoutes(app: Express, deps: { payments: PaymentStore }): void {
  const { payments } = deps;
  addInternalRoute(app, '/charges', paymentRequest, (request) => payments.charge(request));
  addInternalRoute(app, '/refunds', paymentRequest, (request) => payments.refund(request));
}
