import express, { type Express } from 'express';
import type { Registry } from 'prom-client';
import type { Cache } from '../cache/cache.ts';
import { addHealthRoutes } from '../health/health-routes.ts';
import { errorHandler, unknownRoute } from '../http/error-handler.ts';
import { observeRequests } from '../http/observe.ts';
import type { Log } from '../log.ts';
import { addOpenApiRoutes } from '../openapi/openapi-routes.ts';
import { drawCode } from './code.ts';
import type { ShortenerCounts } from './metrics.ts';
import { shortenerDocument } from './openapi.ts';
import { addRedirectRoute } from './redirect-route.ts';
import type { ShortenerSettings } from './settings.ts';
import type { Shards } from './shards.ts';
import { addUrlRoutes } from './url-routes.ts';
import { UrlStore } from './url-store.ts';

/** What the application is made of; made by `createShortener`, or by a test. */
export interface ShortenerDeps {
  readonly settings: ShortenerSettings;
  readonly shards: Shards;
  readonly cache: Cache;
  readonly counts: ShortenerCounts;
  readonly registry: Registry;
  readonly log: Log;
  readonly isDraining: () => boolean;
}

/** The URL shortener as an Express application. */
export function createShortenerApp({ settings, ...deps }: ShortenerDeps): Express {
  const { shards, cache, counts, registry, log, isDraining } = deps;
  const { secret, publicOrigin, instanceId, readYourWrites, readYourWritesWindow_ms } = settings;
  const urls = new UrlStore({ shards, cache, counts, readYourWrites, secret, draw: drawCode });
  const authorsKnown = readYourWrites === 'primary-for-author';
  const authorWindow_s = authorsKnown ? Math.ceil(readYourWritesWindow_ms / 1_000) : undefined;

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  // `abc` and `ABC` are two codes.
  app.enable('case sensitive routing');
  app.use(observeRequests(counts, log, settings.inFlightMax));

  addRedirectRoute(app, { urls, authorsKnown });
  addUrlRoutes(app, { urls, secret, publicOrigin, authorWindow_s });
  addHealthRoutes(app, {
    probe: shards,
    shards: shards.states,
    cache,
    broker: undefined,
    registry,
    instanceId,
    isDraining,
  });
  addOpenApiRoutes(app, shortenerDocument);

  app.use(unknownRoute);
  app.use(errorHandler(log));
  return app;
}
