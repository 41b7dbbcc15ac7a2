import { addInventoryRoutes } from '../inventory/inventory-routes.ts';
import { InventoryStore } from '../inventory/inventory-store.ts';
import { addReservationRoutes } from '../inventory/reservation-routes.ts';
import { ReservationStore } from '../inventory/reservation-store.ts';
import { ProductStore } from '../products/product-store.ts';
import { Rounds } from '../rounds.ts';
import { Gate } from '../staff/authorise.ts';
import { auditOf } from './audit-of.ts';
import type { Composition, ServiceParts } from './composition.ts';

const EXPIRY_EVERY_MS = 5_000;

/** How many there are of each product, who has some reserved, and who took them off the shelf. */
export function inventoryService(parts: ServiceParts): Composition {
  const { database, cache, log } = parts;
  const inventory = new InventoryStore(database, cache, new ProductStore(database, cache), 'stock');
  const reservations = new ReservationStore(database, cache);
  const options = { every_ms: EXPIRY_EVERY_MS, failing: 'could not look for expired reservations' };
  return {
    background: [new Rounds(() => reservations.expireOne(), options, log)],
    add: (app, tokens) => {
      addReservationRoutes(app, { reservations });
      addInventoryRoutes(app, { inventory, gate: new Gate(auditOf(parts), tokens) });
    },
  };
}
