import { addPurchaseRoute } from '../recommendations/purchases.ts';
import { addRecommendationRoutes } from '../recommendations/recommendation-routes.ts';
import { RecommendationStore } from '../recommendations/recommendation-store.ts';
import type { Composition, ServiceParts } from './composition.ts';

/** What is bought together, from the purchases that the order service tells of. */
export function recommendationService({ database, primary, cache }: ServiceParts): Composition {
  const recommendations = new RecommendationStore(database, cache, 'purchases');
  return {
    background: [],
    add: (app, tokens) => {
      addRecommendationRoutes(app, { recommendations, tokens });
      addPurchaseRoute(app, primary);
    },
  };
}
