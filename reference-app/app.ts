import express, { type Express, type RequestHandler } from 'express';
import type { Registry } from 'prom-client';
import { AddressBook } from './addresses/address-book.ts';
import { addAddressRoutes } from './addresses/address-routes.ts';
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
import { addImageRoutes } from './images/image-routes.ts';
import { ProductImages, type Uploads } from './images/product-images.ts';
import { addInventoryRoutes } from './inventory/inventory-routes.ts';
import { InventoryStore } from './inventory/inventory-store.ts';
import type { Log } from './log.ts';
import type { Counts } from './metrics/metrics.ts';
import { addNotificationRoutes } from './notifications/notification-routes.ts';
import { addOpenApiRoutes } from './openapi/openapi-routes.ts';
import { addOrderRoutes } from './orders/order-routes.ts';
import { OrderStore, type OrderEvents } from './orders/order-store.ts';
import type { RecentOrders } from './orders/recent-orders.ts';
import { OrderSettlement } from './payments/settlement.ts';
import { ListStore } from './products/list-store.ts';
import { addProductChangeRoutes } from './products/product-change-routes.ts';
import { addProductRoutes } from './products/product-routes.ts';
import { ProductStore } from './products/product-store.ts';
import type { ViewCounts } from './products/view-counts.ts';
import type { Broker, DeadLetters } from './queue/broker.ts';
import { limitRequests } from './rate-limits/limit-requests.ts';
import type { RateLimiter } from './rate-limits/rate-limiter.ts';
import { addRecommendationRoutes } from './recommendations/recommendation-routes.ts';
import { RecommendationStore } from './recommendations/recommendation-store.ts';
import { addReviewRoutes } from './reviews/review-routes.ts';
import { addSearchRoutes } from './search/search-routes.ts';
import { SearchStore } from './search/search-store.ts';
import type { Composition } from './services/composition.ts';
import { addAdminRoutes } from './staff/admin-routes.ts';
import { LocalAudit } from './staff/audit.ts';
import { Gate } from './staff/authorise.ts';
import { addStaffRoutes } from './staff/staff-routes.ts';
import { addWebhookRoutes } from './third-party/webhook-routes.ts';
import { addUserRoutes } from './users/user-routes.ts';

/** What the application is made of; made by `createService`, or by a test. */
export interface AppDeps {
  /** One of the services of step 6; absent: the whole shop. */
  readonly composition?: Composition | undefined;
  readonly database: Queries;
  readonly cache: Cache;
  readonly recentOrders: RecentOrders | undefined;
  /** Carries on what follows from an order, where somebody does. */
  readonly events: OrderEvents | undefined;
  readonly deadLetters: DeadLetters | undefined;
  readonly broker: Pick<Broker, 'state'> | undefined;
  readonly views: ViewCounts | undefined;
  readonly webhookSecret: string | undefined;
  /** Takes images, where there is a store for them. */
  readonly uploads: Uploads | undefined;
  /** Where images are delivered. */
  readonly imagesUrl: string | undefined;
  readonly inFlightMax: number;
  /** Lets pages of other origins in, where some may. */
  readonly cors: RequestHandler | undefined;
  /** Absent: nobody is counted. */
  readonly rateLimiter: RateLimiter | undefined;
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
  const { counts, log } = deps;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.use(observeRequests(counts, log, deps.inFlightMax));
  if (deps.cors !== undefined) app.use(deps.cors);
  if (deps.rateLimiter !== undefined) limitRequests(app, deps.rateLimiter, new TokenVerifier(deps.jwtSecret));

  if (deps.composition === undefined) addShopRoutes(app, deps);
  else deps.composition.add(app, new TokenVerifier(deps.jwtSecret));
  addHealthRoutes(app, deps);

  app.use(unknownRoute);
  app.use(errorHandler(log));
  return app;
}

/** Everything in one process, on one database. */
function addShopRoutes(app: Express, deps: AppDeps): void {
  const { database, cache, counts } = deps;
  const tokens = new TokenVerifier(deps.jwtSecret);
  const products = new ProductStore(database, cache, deps.imagesUrl);
  const carts = new CartStore(database, cache);

  addProductRoutes(app, { products, lists: new ListStore(database, cache), views: deps.views });
  addSearchRoutes(app, { searches: new SearchStore(database, cache) });
  addCartRoutes(app, { carts, tokens });
  const orders = new OrderStore({ database, counts, carts, products, events: deps.events, recent: deps.recentOrders });
  const addresses = new AddressBook(database, cache);
  addOrderRoutes(app, { orders, placing: orders, tokens, addresses, database });
  addAddressRoutes(app, { addresses, tokens });
  addAuthRoutes(app, deps);
  addUserRoutes(app, { database, passwords: deps.passwords, tokens });
  addNotificationRoutes(app, { database, tokens });
  addReviewRoutes(app, { database, cache, tokens });
  const gate = new Gate(new LocalAudit(database), tokens);
  const inventory = new InventoryStore(database, cache, products);
  addInventoryRoutes(app, { inventory, gate });
  addProductChangeRoutes(app, { changes: inventory, gate });
  addImageRoutes(app, { images: new ProductImages({ ...deps, products }), gate });
  addRecommendationRoutes(app, { recommendations: new RecommendationStore(database, cache, 'orders'), tokens });
  addStaffRoutes(app, { gate, orders, deadLetters: deps.deadLetters });
  addAdminRoutes(app, { gate, database });
  const settlement = new OrderSettlement(database, deps.events);
  addWebhookRoutes(app, { webhookSecret: deps.webhookSecret, settlement });
  addOpenApiRoutes(app);
}
