import type { Express } from 'express';
import { answerJson } from '../http/answer.ts';
import { openApiDocument, PREFIX } from './document.ts';

/** GET /openapi.json: made when it is first asked for. */
export function addOpenApiRoutes(app: Express, make = openApiDocument): void {
  let document: string | undefined;
  app.get(`${PREFIX}/openapi.json`, (_req, res) => {
    answerJson(res, 200, (document ??= make()));
  });
}
