import { expect, test } from 'vitest';
import type { Tier, Topology } from '../../model/topology/topology.ts';
import { expressEnvironment } from './application-environment.ts';

const of = (id: string, kind: Tier['kind'], calls: readonly string[], settings: Tier['settings'] = {}): Tier => ({
  id,
  kind,
  instances: 1,
  calls,
  settings,
});

function environment(settings: Tier['settings']): Record<string, string> {
  const app = of('app', 'express', ['cache'], settings);
  const topology: Topology = {
    plan: 'shop',
    application: 'shop',
    step: 2,
    name: 'a cache',
    entry: 'app',
    tiers: [app, of('cache', 'redis', [])],
  };
  return expressEnvironment(app, topology, undefined);
}

test('an application is told of the cache that it calls, unless it is not to use one', () => {
  expect(environment({})).toMatchObject({ REDIS_URL: expect.stringContaining('cache-1') });
  expect(environment({ caching: false })).not.toHaveProperty('REDIS_URL');
  expect(() => environment({ caching: 'no' })).toThrow('setting `caching` of tier `app` is "no"');
});
