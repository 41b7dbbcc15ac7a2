import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadPlan } from '../../api/files.ts';
import { stepOf } from '../../api/step-of.ts';
import type { Stack } from '../../infra/backend.ts';
import { localConfig } from '../../infra/local/config.ts';
import { createLocalBackend } from '../../infra/local/local-backend.ts';
import { removeHome, testConfig, withTier } from '../../infra/local/testing/test-home.ts';
import type { Observation } from '../../model/observation/observation.ts';
import { localTopology } from '../../model/topology/topology-of.ts';
import { counted, runProbe } from './run-probe.ts';

// Probes on real servers, with small data: that they find what is there. How much it is, is for the scenarios.
const { applications } = localConfig();
const config = testConfig({ first: 31_200, end: 31_360 }, { applications });
const backend = createLocalBackend(config);
const plan = await loadPlan('amazon-shop');
let stack: Stack;

beforeAll(async () => {
  const shop = withTier(localTopology(plan, stepOf(plan, 2)), 'cache', { instances: 1 });
  const settings = { rate_limits: true, stampede: 'lock' };
  const topology = withTier(shop, 'app', { instances: 2, settings });
  stack = await backend.up(topology, { name: 'probed', seed: 7, products: 200, users: 300 });
});

afterAll(async () => {
  await backend.down('probed');
  removeHome(config);
});

function probe(name: string, parameters: string): Promise<Observation> {
  return runProbe({ plan, stack, backend }, name, parameters);
}

describe('probes', () => {
  test('callers are let through up to their limits, and no further', async () => {
    const seen = await probe('rate-limits', '');
    const limits = ['login', 'search', 'user', 'address'].map((limit) => counted(seen, `limit.${limit}`));
    expect(limits).toEqual([5, 100, 1_000, 2_000]);
    expect(counted(seen, 'limit.user_per_s')).toBeCloseTo(1_000 / 60, 9);
  });

  test('who looks first and sells then sells what is not there; the application does not', async () => {
    const seen = await probe('oversell', 'buyers: 60, pieces: 5');
    expect(counted(seen, 'oversell.naive')).toBeGreaterThan(0);
    expect(counted(seen, 'orders.oversold')).toBe(0);
    // On a machine with other things to do a buyer or two may be turned away for want of time instead.
    expect(counted(seen, 'orders.sold_out')).toBeGreaterThanOrEqual(50);
    expect(counted(seen, 'stock.left')).toBe(0);
  });

  test('under a lock hardly any of those who ask at once ask the database', async () => {
    const seen = await probe('stampede', 'requests: 50, rounds: 2, query: 100 ms');
    expect(counted(seen, 'stampede.requests')).toBe(100);
    expect(counted(seen, 'stampede.queries')).toBeGreaterThanOrEqual(2);
    expect(counted(seen, 'stampede.queries')).toBeLessThan(20);
  });

  test('an entry that does not say how long it is fresh cannot be made old', async () => {
    await expect(probe('stampede', 'requests: 5, entry: old')).rejects.toThrow('does not say how long it is fresh');
  });

  test('a deployment under load, and back again, loses no request', async () => {
    const seen = await probe('deployment', 'rate: 20, watched: 1 s');
    expect(counted(seen, 'deploy.lost')).toBe(0);
    expect(counted(seen, 'deploy.downtime_s')).toBe(0);
    expect(counted(seen, 'deploy.rollback_s')).toBeGreaterThan(0);
    const status = await backend.status('probed');
    expect(status?.processes.filter(({ alive }) => !alive)).toEqual([]);
  });

  test.each([
    ['broker', 'has no broker'],
    ['cdn', 'has no CDN'],
    ['effects-delay', 'has no third parties'],
  ])('%s says what the step lacks', async (name, reason) => {
    await expect(probe(name, '')).rejects.toThrow(reason);
  });
});
