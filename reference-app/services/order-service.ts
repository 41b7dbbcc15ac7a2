import { AddressBook } from '../addresses/address-book.ts';
import { addAddressRoutes } from '../addresses/address-routes.ts';
import { addCartRoutes } from '../cart/cart-routes.ts';
import { CartStore } from '../cart/cart-store.ts';
import { RemoteStock } from '../inventory/stock.ts';
import { addNotificationRoutes } from '../notifications/notification-routes.ts';
import { Checkout } from '../orders/checkout.ts';
import { Errands } from '../orders/errands.ts';
import { addOrderRoutes } from '../orders/order-routes.ts';
import { OrderStore } from '../orders/order-store.ts';
import { RemotePayments } from '../payments/payments.ts';
import { RemoteCatalogue } from '../products/catalogue.ts';
import { ProductStore } from '../products/product-store.ts';
import { addStaffRoutes } from '../staff/staff-routes.ts';
import { Gate } from '../staff/authorise.ts';
import { auditOf } from './audit-of.ts';
import type { Composition, ServiceParts } from './composition.ts';

/** Carts, orders and what follows from them. Products, stock and payments are asked of their services. */
export function orderService(parts: ServiceParts): Composition {
  const { database, primary, cache, peers, counts, log, events, recentOrders: recent, deadLetters } = parts;
  if (events === undefined) throw new RangeError('the order service needs somebody to carry its events on');
  const catalogue = new RemoteCatalogue(peers.get('product'));
  const stock = new RemoteStock(peers.get('inventory'));
  const payments = new RemotePayments(peers.get('payment'));
  const carts = new CartStore(database, cache, catalogue);
  const errands = new Errands(
    { database: primary, payments, recommendations: peers.find('recommendation'), events },
    log,
  );
  const orders = new OrderStore({
    database,
    counts,
    carts,
    products: new ProductStore(database, cache),
    events,
    recent,
  });
  const placing = new Checkout({ database, catalogue, stock, errands, events, recent, carts, counts }, log);
  const addresses = new AddressBook(database, cache);
  return {
    background: [errands],
    add: (app, tokens) => {
      addCartRoutes(app, { carts, tokens });
      addOrderRoutes(app, { orders, placing, tokens, addresses, database });
      addAddressRoutes(app, { addresses, tokens });
      addNotificationRoutes(app, { database, tokens });
      addStaffRoutes(app, { gate: new Gate(auditOf(parts), tokens), orders, deadLetters });
    },
  };
}
