import type { Express, RequestHandler } from 'express';
import type { Registry } from 'prom-client';
import type { Cache } from '../cache/cache.ts';
import { answerJson, answerText } from '../http/answer.ts';

export interface HealthDeps {
  readonly probe: { answers(): Promise<boolean> };
  /** What each of several databases said when it was last asked. */
  readonly shards?: () => readonly ('up' | 'down')[];
  readonly cache: Pick<Cache, 'state'>;
  readonly broker: { state(): 'up' | 'down' } | undefined;
  readonly registry: Registry;
  readonly instanceId: string;
  readonly isDraining: () => boolean;
}

/** GET /health and /ready for the load balancer, GET /metrics for Prometheus, all also under /api/v1. None asks for a login. */
export function addHealthRoutes(app: Express, deps: HealthDeps): void {
  const health: RequestHandler = async (_req, res) => {
    const database = (await deps.probe.answers()) ? 'up' : 'down';
    const draining = deps.isDraining();
    const healthy = database === 'up' && !draining;
    // Cache and broker are told but do not count: without them the service is slower, and events wait, but nothing is wrong.
    const body = {
      status: healthy ? 'healthy' : 'unhealthy',
      instance: deps.instanceId,
      database,
      ...(deps.shards === undefined ? {} : { shards: deps.shards() }),
      cache: deps.cache.state(),
      broker: deps.broker?.state() ?? 'off',
      draining,
    };
    answerJson(res, healthy ? 200 : 503, JSON.stringify(body), healthy ? undefined : { 'Retry-After': '1' });
  };

  const metrics: RequestHandler = async (_req, res) => {
    answerText(res, deps.registry.contentType, await deps.registry.metrics());
  };

  // One by one, so that each is counted under its own path.
  for (const prefix of ['', '/api/v1']) {
    app.get(`${prefix}/health`, health);
    // An instance listens only when it can serve, so both questions have one answer.
    app.get(`${prefix}/ready`, health);
    app.get(`${prefix}/metrics`, metrics);
  }
}
