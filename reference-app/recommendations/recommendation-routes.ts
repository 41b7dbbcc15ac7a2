import type { Express } from 'express';
import { authenticate } from '../auth/authenticate.ts';
import type { TokenVerifier } from '../auth/tokens.ts';
import { answerJson } from '../http/answer.ts';
import { idText, read } from '../http/validation.ts';
import type { RecommendationStore } from './recommendation-store.ts';

/** GET /products/:id/recommendations for everybody, GET /recommendations for whoever is logged in. */
export function addRecommendationRoutes(
  app: Express,
  deps: { recommendations: RecommendationStore; tokens: TokenVerifier },
): void {
  const { recommendations, tokens } = deps;

  app.get('/api/v1/products/:id/recommendations', async (req, res) => {
    answerJson(res, 200, await recommendations.forProduct(read(idText, req.params.id, 'path')));
  });

  app.get('/api/v1/recommendations', async (req, res) => {
    answerJson(res, 200, await recommendations.forUser(authenticate(req, tokens)));
  });
}
