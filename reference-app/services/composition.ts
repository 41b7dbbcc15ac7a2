import type { Express } from 'express';
import type { Passwords } from '../auth/passwords.ts';
import type { TokenVerifier } from '../auth/tokens.ts';
import type { Cache } from '../cache/cache.ts';
import type { Database, Queries } from '../database/database.ts';
import type { Peer, Peers } from '../internal/peers.ts';
import { guardInternal } from '../internal/internal-routes.ts';
import type { Log } from '../log.ts';
import type { Counts } from '../metrics/metrics.ts';
import type { OrderEvents } from '../orders/order-store.ts';
import type { RecentOrders } from '../orders/recent-orders.ts';
import type { ViewCounts } from '../products/view-counts.ts';
import type { DeadLetters } from '../queue/broker.ts';
import type { Background } from '../rounds.ts';
import type { ThirdParties } from '../third-party/third-parties.ts';
import { inventoryService } from './inventory-service.ts';
import { orderService } from './order-service.ts';
import { paymentService } from './payment-service.ts';
import { productService } from './product-service.ts';
import { recommendationService } from './recommendation-service.ts';
import { userService } from './user-service.ts';

/** One of the six services: its routes, and what it does beside them. */
export interface Composition {
  readonly background: readonly Background[];
  add(app: Express, tokens: TokenVerifier): void;
}

/** What any service may be made of. */
export interface ServiceParts {
  /** Reads where they may go. */
  readonly database: Queries;
  readonly primary: Database;
  readonly cache: Cache;
  readonly peers: Peers;
  readonly counts: Counts;
  readonly log: Log;
  readonly jwtSecret: string;
  readonly webhookSecret: string | undefined;
  readonly passwords: Passwords;
  readonly views: ViewCounts | undefined;
  readonly recentOrders: RecentOrders | undefined;
  readonly deadLetters: DeadLetters | undefined;
  /** Who carries on what follows from an order; the order service has somebody. */
  readonly events: OrderEvents | undefined;
  readonly thirdParties: ThirdParties;
}

const SERVICES: Readonly<Record<Peer, (parts: ServiceParts) => Composition>> = {
  product: productService,
  order: orderService,
  payment: paymentService,
  user: userService,
  inventory: inventoryService,
  recommendation: recommendationService,
};

/** Composes a service of the same modules as the shop. `secret` is what other services sign in with. */
export function compose(service: Peer, parts: ServiceParts, secret: string): Composition {
  const { background, add } = SERVICES[service](parts);
  return {
    background,
    add: (app, tokens) => {
      guardInternal(app, secret);
      add(app, tokens);
    },
  };
}
