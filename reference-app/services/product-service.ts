import { notFound, unavailable } from '../http/problem.ts';
import { InventoryStore } from '../inventory/inventory-store.ts';
import { RemoteStock } from '../inventory/stock.ts';
import { addOpenApiRoutes } from '../openapi/openapi-routes.ts';
import { addCatalogueRoute } from '../products/catalogue.ts';
import { ListStore } from '../products/list-store.ts';
import { addProductChangeRoutes, type ProductChanges } from '../products/product-change-routes.ts';
import { ComposedPages } from '../products/product-pages.ts';
import { addProductRoutes } from '../products/product-routes.ts';
import { ProductStore } from '../products/product-store.ts';
import { addReviewRoutes } from '../reviews/review-routes.ts';
import { addSearchRoutes } from '../search/search-routes.ts';
import { SearchStore } from '../search/search-store.ts';
import { Gate } from '../staff/authorise.ts';
import { auditOf } from './audit-of.ts';
import type { Composition, ServiceParts } from './composition.ts';

/** Products, lists, searches and reviews. Its own count of the stock is what the inventory service said last. */
export function productService(parts: ServiceParts): Composition {
  const { database, primary, cache, peers, views, log } = parts;
  const products = new ProductStore(database, cache);
  const inventory = peers.find('inventory');
  const stock = inventory === undefined ? undefined : new RemoteStock(inventory);
  const recommendations = peers.find('recommendation');
  const pages = new ComposedPages({ products, database, stock, recommendations }, log);
  const changes = changesOver(new InventoryStore(database, cache, products), stock);
  return {
    background: [],
    add: (app, tokens) => {
      addProductRoutes(app, { products: pages, lists: new ListStore(database, cache), views });
      addSearchRoutes(app, { searches: new SearchStore(database, cache) });
      addReviewRoutes(app, { database, cache, tokens });
      addProductChangeRoutes(app, { changes, gate: new Gate(auditOf(parts), tokens) });
      addCatalogueRoute(app, primary);
      addOpenApiRoutes(app);
    },
  };
}

/** Stock is changed at the inventory first: what is noted here follows it. */
function changesOver(own: ProductChanges, stock: RemoteStock | undefined): ProductChanges {
  return {
    change: async (productId, priceCents, pieces) => {
      if (pieces !== null) {
        if (stock === undefined) throw unavailable('nobody said where the inventory service is');
        if (!(await stock.set(productId, pieces))) throw notFound('product');
      }
      return await own.change(productId, priceCents, pieces);
    },
  };
}
