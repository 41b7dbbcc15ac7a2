import { createHash, timingSafeEqual } from 'node:crypto';
import type { Express } from 'express';
import type { z } from 'zod';
import { answerEmpty, answerJson } from '../http/answer.ts';
import { jsonBody } from '../http/json-body.ts';
import { Problem } from '../http/problem.ts';
import { read } from '../http/validation.ts';

/** Lets only those who know the secret reach `/internal`. The gateway lets nobody through to it in the first place. */
export function guardInternal(app: Express, secret: string): void {
  const expected = digest(secret);
  app.use('/internal', (req, _res, next) => {
    const given = req.headers['x-service-secret'];
    if (typeof given === 'string' && timingSafeEqual(digest(given), expected)) next();
    else throw new Problem(401, 'UNAUTHENTICATED', 'only services may ask here');
  });
}

/** A route for other services: reads a body, and answers with what `serve` returns as JSON, or with 204. */
export function addInternalRoute<Schema extends z.ZodType>(
  app: Express,
  path: string,
  schema: Schema,
  serve: (asked: z.output<Schema>) => Promise<object | void>,
): void {
  app.post(`/internal${path}`, jsonBody, async (req, res) => {
    const answer = await serve(read(schema, req.body, 'body'));
    if (answer === undefined) answerEmpty(res, 204);
    else answerJson(res, 200, JSON.stringify(answer));
  });
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
