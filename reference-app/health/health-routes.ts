import type { Express, RequestHandler } from 'express';
import type { Registry } from 'prom-client';
import type { Cache } from '../cache/cache.ts';
import { answerJson } from '../http/answer.ts';
import type { DatabaseProbe } from './health.ts';

export interface HealthDeps {
  readonly probe: DatabaseProbe;
  readonly cache: Cache;
  readonly registry: Registry;
  readonly instanceId: string;
  readonly isDraining: () => boolean;
}

/** GET /health for the load balancer and GET /metrics for Prometheus, both also under /api/v1. Neither asks for a login. */
export function addHealthRoutes(app: Express, deps: HealthDeps): void {
  const health: RequestHandler = async (_req, res) => {
    const database = (await deps.probe.answers()) ? 'up' : 'down';
    const draining = deps.isDraining();
    const healthy = database === 'up' && !draining;
    // The cache is told but does not count: without it the service is slower, not wrong.
    const body = {
      status: healthy ? 'healthy' : 'unhealthy',
      instance: deps.instanceId,
      database,
      cache: deps.cache.state(),
      draining,
    };
    answerJson(res, healthy ? 200 : 503, JSON.stringify(body), healthy ? undefined : { 'Retry-After': '1' });
  };

  const metrics: RequestHandler = async (_req, res) => {
    const text = await deps.registry.metrics();
    res.writeHead(200, { 'Content-Type': deps.registry.contentType });
    res.end(text);
  };

  // One by one, so that each is counted under its own path.
  for (const prefix of ['', '/api/v1']) {
    app.get(`${prefix}/health`, health);
    app.get(`${prefix}/metrics`, metrics);
  }
}
