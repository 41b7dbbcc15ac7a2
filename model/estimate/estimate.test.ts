import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readPlan } from '../plan/read-plan.ts';
import { estimate } from './estimate.ts';

const PASTEBIN = `
plan: pastebin
units: [paste]
assume:
  pastes: { value: 10M pastes/month, source: 'system-design-primer, Pastebin' }
  paste.size: 1.27 KB/paste
  reads.per_write: 10 req/paste
derive:
  storage.month: pastes * paste.size * 1 month
  storage.three_years: storage.month * 36
  traffic.writes: pastes
  traffic.reads: { formula: pastes * reads.per_write, unit: req/s }
architecture:
  - step: 1
    name: one server
    tiers:
      app: { kind: express, instances: 2, demand: traffic.reads, capacity: 25 req/s/server, headroom: 10 % }
`;

describe('estimate', () => {
  it("agrees with the primer's Pastebin: 12.7 GB a month, about 450 GB in 3 years, 4 writes and 40 reads a second", () => {
    const { quantities } = estimate(readPlan('pastebin.yaml', PASTEBIN));
    const value = (id: string): number => quantities.find((quantity) => quantity.id === id)?.value ?? Number.NaN;
    expect(value('storage.month')).toBeCloseTo(12.7e9, -5);
    expect(value('storage.three_years') / 450e9).toBeCloseTo(1, 1);
    expect(value('traffic.writes')).toBeCloseTo(3.8, 1);
    expect(value('traffic.reads')).toBeCloseTo(38, 0);
  });

  it('says what each tier needs and which breaks first', () => {
    const [step] = estimate(readPlan('pastebin.yaml', PASTEBIN)).steps;
    expect(step).toMatchObject({ step: 1, bottleneck: 'app' });
    expect(step?.tiers[0]).toMatchObject({ tier: 'app', unit: 'req/s', capacity: 50, needed: 2, provided: 2 });
    expect(step?.tiers[0]?.utilisation).toBeCloseTo(38.05 / 50, 3);
  });

  it('marks assumptions, with or without a source, and names the inputs of the rest', () => {
    const { quantities } = estimate(readPlan('pastebin.yaml', PASTEBIN));
    const byId = Object.fromEntries(quantities.map((quantity) => [quantity.id, quantity]));
    expect(byId['pastes']).toMatchObject({ value: 10e6, unit: 'paste/month', source: expect.any(String) });
    expect(byId['paste.size']).toMatchObject({ assumed: true });
    expect(byId['traffic.reads']).toMatchObject({ unit: 'req/s', inputs: ['pastes', 'reads.per_write'] });
  });

  it("gives the figures of the shop's documents in the units that its readers rely on", () => {
    const plan = readPlan('amazon-shop.yaml', readFileSync('plans/amazon-shop.yaml', 'utf8'));
    const byId = Object.fromEntries(estimate(plan).quantities.map(({ id, value, unit }) => [id, [value, unit]]));
    expect(byId).toMatchObject({
      'traffic.requests.average': [expect.closeTo(2314.8, 1), 'req/s'],
      'traffic.requests.peak': [expect.closeTo(6944.4, 1), 'req/s'],
      'traffic.bandwidth.peak': [expect.closeTo(5.347e9, -7), 'B/s'],
      'traffic.bandwidth.peak_with_cdn': [expect.closeTo(534.7e6, -6), 'B/s'],
      'storage.total': [expect.closeTo(1.281e15, -13), 'B'],
      'app.servers': [9, 'server'],
      'cache.memory': [expect.closeTo(110.3e9, -8), 'B'],
      'database.queries.peak': [expect.closeTo(10_988.9, 1), 'query/s'],
    });
    const parts = ['users', 'catalog', 'images', 'orders', 'reviews'].map((part) =>
      Number(byId[`storage.${part}`]?.[0]),
    );
    expect(byId['storage.total']?.[0]).toBe(parts.reduce((sum, part) => sum + part, 0));
  });
});
