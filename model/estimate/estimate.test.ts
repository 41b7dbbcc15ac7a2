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
});
