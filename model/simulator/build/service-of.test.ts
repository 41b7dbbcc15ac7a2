import { describe, expect, it } from 'vitest';
import { Values } from '../../plan/compute.ts';
import { readPlan } from '../../plan/read-plan.ts';
import { withSettings } from '../../plan/with-settings.ts';
import { Figures } from './figures.ts';
import { serviceDistribution, serviceOf } from './service-of.ts';
import type { TierService } from './service-of.ts';

const planOf = (tier: string): string => `plan: p
assume: { limit: 100 req/s/server }
architecture:
  - step: 1
    name: one
    tiers:
      entry: { kind: nginx, instances: 1, demand: 50 req/s, capacity: 1000 req/s }
      tier: { kind: express, instances: 1, ${tier} }
`;

function built(tier: string, ...settings: string[]): TierService & { readonly distribution: unknown } {
  const plan = withSettings(readPlan('p', planOf(tier)), settings);
  const [entry, second] = plan.steps[0]?.tiers ?? [];
  if (!entry || !second) throw new Error('no tiers');
  const figures = new Figures(new Values(plan.quantities));
  const service = serviceOf(second, entry, figures);
  return { ...service, distribution: serviceDistribution(second.behaviour.service, service.mean_s, figures) };
}

const COUNTED = 'demand: 50 req/s, capacity: 100 req/s/server';
const BYTES = 'demand: 10 MB/s, capacity: 100 MB/s';
const MEMORY = 'demand: 10 GB, capacity: 20 GB/node';

describe('servers and service time of a visit', () => {
  it.each([
    ['nothing: one server', COUNTED, 1, 0.01],
    ['a time: as many servers as it takes', `${COUNTED}, service: { time: 40 ms }`, 4, 0.04],
    ['a time that fits no whole number: the capacity stays', `${COUNTED}, service: { time: 24 ms }`, 2, 0.02],
    ['a time that is too short for one server', `${COUNTED}, service: { time: 1 ms }`, 1, 0.01],
    ['servers: as long as it takes', `${COUNTED}, service: { servers: 8 }`, 8, 0.08],
    ['both, alike to one per cent', `${COUNTED}, service: { servers: 4, time: 40.2 ms }`, 4, 0.0402],
    ['work: fewer visits of more each', `${COUNTED}, service: { work: 5 }`, 1, 0.05],
    ['measured times: their mean', `${COUNTED}, service: { values: [60 ms, 20 ms] }`, 4, 0.04],
    ['bytes: those for each visit to the entry', BYTES, 1, 0.002],
    ['bytes of a visit', `${BYTES}, service: { work: 1 MB }`, 1, 0.01],
    ['bytes, and a time', `${BYTES}, service: { time: 20 ms }`, 10, 0.02],
    ['memory: no time', MEMORY, 1, 0],
    ['memory, and a time', `${MEMORY}, service: { time: 3 ms, servers: 2 }`, 2, 0.003],
  ])('of %s', (_, tier, servers, mean_s) => {
    const service = built(tier);
    expect(service.servers).toBe(servers);
    expect(service.mean_s).toBeCloseTo(mean_s, 12);
  });

  it.each([
    [`${COUNTED}, service: { time: 40 ms }`, null],
    [`${COUNTED}, service: { time: 41 ms }`, null],
    [MEMORY, 'visits to `tier` take no time: its capacity `20 GB/node` is no rate; write `service: { time: … }`'],
    [`${MEMORY}, service: { time: 1 ms }`, null],
    [
      `${COUNTED}, service: { time: 1 ms }`,
      'visits to `tier` take 10 ms, not the 1 ms stated: 1 at a time per instance then makes its capacity',
    ],
  ])('says where it cannot be as stated: %s', (tier, note) => expect(built(tier).note).toBe(note));

  it('follow a setting of the capacity, and say so', () => {
    const tier = 'demand: 50 req/s, capacity: limit, service: { servers: 4, time: 40 ms }';
    expect(built(tier, 'limit=200')).toMatchObject({
      servers: 4,
      mean_s: 0.02,
      note: expect.stringContaining('20 ms'),
    });
  });
});

describe('the distribution of service times', () => {
  it.each([
    ['', { kind: 'exponential', mean_s: 0.01 }],
    ['distribution: deterministic', { kind: 'deterministic', mean_s: 0.01 }],
    ['distribution: gamma, cv: 2', { kind: 'gamma', mean_s: 0.01, cv: 2 }],
    ['servers: 1, values: [10 ms, 5 ms, 10 ms, 15 ms]', { kind: 'empirical', values_s: [0.005, 0.01, 0.01, 0.015] }],
    ['servers: 2, values: [10 ms, 5 ms, 10 ms, 15 ms]', { kind: 'empirical', values_s: [0.01, 0.02, 0.02, 0.03] }],
  ])('is as stated: %s', (service, expected) => {
    expect(built(`${COUNTED}, service: { ${service} }`).distribution).toEqual(expected);
  });
});
