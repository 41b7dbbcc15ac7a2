import type { Express } from 'express';
import { z } from 'zod';
import { answerJson } from '../http/answer.ts';
import { countText, read, text } from '../http/validation.ts';
import { normaliseQuery, type SearchStore } from './search-store.ts';
import { PAGES_MAX } from './search-statement.ts';

const searchQuery = z.object({ q: text(1, 100).transform(normaliseQuery), page: countText(1, PAGES_MAX).default(1) });

/** GET /search?q=&page= */
export function addSearchRoutes(app: Express, deps: { searches: SearchStore }): void {
  app.get('/api/v1/search', async (req, res) => {
    const { q, page } = read(searchQuery, req.query, 'query');
    answerJson(res, 200, await deps.searches.page(q, page));
  });
}
