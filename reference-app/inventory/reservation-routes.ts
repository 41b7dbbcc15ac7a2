import type { Express } from 'express';
import { addInternalRoute } from '../internal/internal-routes.ts';
import type { ReservationStore } from './reservation-store.ts';
import { confirmation, releaseRequest, reservationRequest, stockSetting } from './stock.ts';

/** What other services ask of the inventory, under /internal: reservations, and changes of the stock. */
export function addReservationRoutes(app: Express, deps: { reservations: ReservationStore }): void {
  const { reservations } = deps;
  addInternalRoute(app, '/reservations', reservationRequest, ({ reservationId, lines }) =>
    reservations.reserve(reservationId, lines),
  );
  addInternalRoute(app, '/reservations/confirm', confirmation, async ({ reservationId, orderId, lines }) => ({
    outcome: await reservations.confirm(reservationId, orderId, lines),
  }));
  addInternalRoute(app, '/reservations/release', releaseRequest, ({ reservationId, final }) =>
    reservations.release(reservationId, final),
  );
  addInternalRoute(app, '/stock/set', stockSetting, async ({ productId, stock }) => ({
    found: await reservations.set(productId, stock),
  }));
}
