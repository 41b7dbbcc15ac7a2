import express, { type Express } from 'express';
import type { Registry } from 'prom-client';
import { addAuthRoutes } from './auth/auth-routes.ts';
import type { Passwords } from './auth/passwords.ts';
import { TokenVerifier } from './auth/tokens.ts';
import type { Cache } from './cache/cache.ts';
import { addCartRoutes } from './cart/cart-routes.ts';
import { CartStore } from './cart/cart-store.ts';
import type { Queries } from './database/database.ts';
import type { DatabaseProbe } from './health/health.ts';
import { addHealthRoutes } from './health/health-routes.ts';
import { errorHandler, unknownRoute } from './http/error-handler.ts';
import { observeRequests } from './http/observe.ts';
import type { Log } from './log.ts';
import type { Counts } from './metrics/metrics.ts';
import { addOrderRoutes } from './orders/order-routes.ts';
import { OrderStore } from './orders/order-store.ts';
import type { RecentOrders } from './orders/recent-orders.ts';
import { ListStore } from './products/list-store.ts';
import { addProductRoutes } from './products/product-routes.ts';
import { ProductStore } from './products/product-store.ts';
import { addSearchRoutes } from './search/search-routes.ts';
import { SearchStore } from './search/search-store.ts';

/** What the application is made of; made by `createService`, or by a test. */
export interface AppDeps {
  readonly database: Queries;
  readonly cache: Cache;
  readonly recentOrders: RecentOrders | undefined;
  readonly probe: DatabaseProbe;
  readonly passwords: Passwords;
  readonly counts: Counts;
  readonly registry: Registry;
  readonly log: Log;
  readonly jwtSecret: string;
  readonly instanceId: string;
  readonly isDraining: () => boolean;
}

/** The shop as an Express application. Routes are matched in order, so those that are called most come first. */
export function createApp(deps: AppDeps): Express {
  const { database, cache, counts, log } = deps;
  const tokens = new TokenVerifier(deps.jwtSecret);
  const products = new ProductStore(database, cache);
  const carts = new CartStore(database, cache);

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.use(observeRequests(counts, log));

  addProductRoutes(app, { products, lists: new ListStore(database, cache) });
  addSearchRoutes(app, { searches: new SearchStore(database, cache) });
  addCartRoutes(app, { carts, tokens });
  addOrderRoutes(app, {
    orders: new OrderStore({ database, counts, carts, products, events: undefined, recent: deps.recentOrders }),
    tokens,
  });
  addAuthRoutes(app, deps);
  addHealthRoutes(app, deps);

  app.use(unknownRoute);
  app.use(errorHandler(log));
  return app;
}
