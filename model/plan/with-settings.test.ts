import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../document/diagnostic.ts';
import { estimate } from '../estimate/estimate.ts';
import { readPlan } from './read-plan.ts';
import { withSettings } from './with-settings.ts';

const plan = readPlan(
  'plan.yaml',
  `
plan: mine
assume:
  users: { value: 10M users, low: 5M users, high: 20M users }
  each: 20 req/user/day
  time: 10 ms
derive:
  traffic: { formula: users * each, unit: req/s }
  wait: mmc_wait(traffic, time, 40)
architecture:
  - { step: 1, name: one, tiers: { app: { kind: express, instances: 2, demand: traffic, capacity: 900 req/s/server } } }
`,
);

function valueOf(settings: readonly string[], id: string): number | undefined {
  return estimate(withSettings(plan, settings)).quantities.find((quantity) => quantity.id === id)?.value;
}

function codes(...settings: string[]): string[] {
  try {
    withSettings(plan, settings);
  } catch (error) {
    if (error instanceof InvalidInput)
      return error.diagnostics.map(({ code, line, column }) => `${line}:${column} ${code}`);
    throw error;
  }
  return [];
}

describe('withSettings', () => {
  it.each([
    [['users=20M users'], 4629.63],
    [['users=20M'], 4629.63],
    [['users = 20M users', 'each=10 req/user/day'], 2314.81],
    [['traffic=100'], 100],
    [['each=users * 3 req/user/user/day'], 3_472_222_222.22],
  ])('%s', (settings, traffic) => {
    const target = settings.some((setting) => setting.includes('users * 3')) ? [...settings, 'wait=1 s'] : settings;
    expect(valueOf([...target, 'wait=1 s'], 'traffic')).toBeCloseTo(traffic, 1);
  });

  it('changes instances and capacity of a tier', () => {
    const [step] = estimate(withSettings(plan, ['app.instances=5', 'app.capacity=500'])).steps;
    expect(step?.tiers[0]).toMatchObject({ provided: 5, capacity: 2500 });
  });

  it('takes a queue beyond what it can do, and says so', () => {
    const { unstable, quantities } = estimate(withSettings(plan, ['traffic=9000']));
    expect(unstable).toMatchObject([{ id: 'wait', why: expect.stringContaining('utilisation is 2.25') }]);
    expect(quantities.map(({ id }) => id)).not.toContain('wait');
  });

  it('makes a range exactly the value that was set', () => {
    expect(withSettings(plan, ['users=9M']).quantities.get('users')?.range).toBeUndefined();
  });

  it.each([
    ['users', '1:1 SET_SYNTAX'],
    ['user=3', '1:1 SET_UNKNOWN_NAME'],
    ['users=3 req', '1:7 SET_DIMENSION'],
    ['users=-3 users', '1:7 SET_NEGATIVE'],
    ['users=traffic * 1 user*s/req', '1:7 SET_CYCLE'],
    ['users=oders * 2', '1:7 SET_UNKNOWN_NAME'],
    ['users=3 userz', '1:9 SET_UNIT'],
    ['app.instance=9', '1:1 SET_UNKNOWN_NAME'],
    ['app.capacity=0', '1:1 SET_RANGE'],
  ])('refuses %s', (setting, code) => expect(codes(setting)).toEqual([code]));

  it('reports every setting that is wrong, each on its line', () => {
    expect(codes('user=3', 'users=3 req', 'each=1')).toEqual(['1:1 SET_UNKNOWN_NAME', '2:7 SET_DIMENSION']);
  });
});
