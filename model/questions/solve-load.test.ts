import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../document/diagnostic.ts';
import type { Diagnostic } from '../document/diagnostic.ts';
import type { Plan } from '../plan/plan.ts';
import { readPlan } from '../plan/read-plan.ts';
import { driversOf, exampleDriver, readLoad } from './solve-drivers.ts';
import { solveLoad } from './solve-load.ts';
import type { LoadSolution } from './solve-load.ts';

const MONTH_S = 730 * 3600;

function planWith(change: (text: string) => string = (text) => text): Plan {
  return readPlan('plan.yaml', change(TEXT));
}

const TEXT = `
plan: small
assume:
  users: 1M users
  products: 100k products
  rate: 86.4 req/user/day
derive:
  peak: users * rate
growth:
  users: { rate: 5 %/month }
cost:
  license: { formula: $5000/month, from: 3 }
architecture:
  - step: 1
    name: one database
    tiers:
      app: { kind: express, instances: 12, demand: peak, capacity: 100 req/s, headroom: 20 %, price: $100/month }
      database: { kind: postgres, instances: 1, demand: peak, capacity: 1500 req/s, price: $300/month }
  - step: 2
    name: with replicas
    tiers:
      database: { demand: peak / 10 }
      replicas: { kind: postgres, instances: 2, demand: peak, capacity: 1500 req/s, price: $300/month }
  - { step: 3, name: licensed, tiers: { replicas: { max_instances: 4 } } }
`;

function solve(load: string, plan = planWith(), named?: string): LoadSolution {
  return solveLoad(plan, readLoad(plan, load, named), load);
}

function complaint(ask: () => unknown): Diagnostic | undefined {
  try {
    ask();
  } catch (error) {
    if (error instanceof InvalidInput) return error.diagnostics[0];
    throw error;
  }
  throw new Error('it was answered');
}

describe('the cheapest step for a load', () => {
  it('asks what a bare number means that is too small for a load', () => {
    expect(complaint(() => solve('10'))).toMatchObject({ code: 'GOAL_UNIT', help: expect.stringContaining('`10x`') });
  });

  it('is the first one while its database carries it', () => {
    // 1,200 req/s: 1,200 × 1.2 / 100 = 14.4 app servers.
    const { chosen, rejected, load } = solve('1.2M');
    expect(load).toEqual([{ name: 'users', unit: 'user', before: 1e6, value: 1.2e6 }]);
    expect(chosen).toMatchObject({ step: 1, instances: 16, unpriced: [] });
    expect(chosen.cost_usd_per_s * MONTH_S).toBeCloseTo(15 * 100 + 300, 6);
    expect(rejected).toMatchObject([
      { step: 2, reason: 'dearer', why: 'carries it, but costs 16.7 % more' },
      { step: 3, reason: 'dearer', bottleneck: null, instances: 17 },
    ]);
  });

  it('is the next one when a primary cannot be scaled out', () => {
    const { chosen, rejected } = solve('5M users');
    expect(chosen).toMatchObject({ step: 2, instances: 60 + 1 + 4 });
    expect(chosen.tiers.map(({ tier, needed, limit }) => [tier, needed, limit])).toEqual([
      ['app', 60, null],
      ['database', 1, 1],
      ['replicas', 4, null],
    ]);
    expect(rejected[0]).toEqual({
      step: 1,
      name: 'one database',
      reason: 'too small',
      bottleneck: 'database',
      why: 'database is one instance and would be at 333 %',
      instances: null,
      cost_usd_per_s: null,
    });
  });

  it('keeps to `max_instances`, also of other kinds', () => {
    expect(solve('7M').rejected[1]).toMatchObject({
      step: 3,
      why: 'replicas has at most 4 instances and would be at 117 %',
    });
    const app = planWith((text) => text.replace('headroom: 20 %', 'headroom: 20 %, max_instances: 12'));
    expect(complaint(() => solve('1.1M', app))).toMatchObject({
      code: 'GOAL_UNREACHABLE',
      path: '--load',
      help: expect.stringContaining(
        'step 1: app has at most 12 instances and would be at 91.7 %, which leaves less headroom than it is to keep; step 2:',
      ),
    });
    const freed = planWith((text) => text.replace('kind: postgres, instances: 1', '$&, max_instances: 9'));
    expect(solve('5M', freed).chosen.step).toBe(1);
  });

  it('has the fewest instances where there are no prices, and says so', () => {
    const bare = planWith((text) => text.replaceAll(/, price: [^ ]+/g, '').replace(/cost:\n.*\n/, ''));
    const { rankedBy, chosen, rejected } = solve('1.2x', bare);
    expect([rankedBy, chosen.step]).toEqual(['instances', 1]);
    expect(rejected[0]).toMatchObject({ reason: 'more instances', why: 'carries it, but with 1 more instance' });
    const { rejected: later } = solve('5x', bare);
    expect(later.map(({ reason }) => reason)).toEqual(['too small', 'no better']);
  });

  it('never has fewer instances than autoscaling keeps', () => {
    const rule =
      'autoscale: { min: 3, max: 20, out_above: 70 %, out_after: 1 min, in_below: 30 %, in_after: 1 min, boot: 1 s }';
    const scaled = planWith((text) => text.replace('headroom: 20 %', `headroom: 20 %, ${rule}`));
    expect(solve('0.01x', scaled).chosen.tiers[0]?.needed).toBe(3);
  });

  it('is not a step whose demand has no finite value under the load', () => {
    const demand = 'peak * peak * mm1_response(peak, 0.4 ms) / 1000 req';
    const queue = planWith((text) =>
      text.replace('kind: postgres, instances: 1, demand: peak,', `kind: postgres, instances: 1, demand: '${demand}',`),
    );
    expect(solve('3M', queue).rejected[0]).toMatchObject({
      reason: 'too small',
      why: 'database has no finite demand under this load',
    });
  });
});

describe('a load', () => {
  it('changes everything by the same factor that grows, or one thing alone', () => {
    const two = planWith((text) => text.replace('growth:', 'growth:\n  products: { rate: 1 %/month }'));
    const values = (text: string, named?: string): [string, number][] =>
      readLoad(two, text, named).map(({ variable, value }) => [variable.name, value]);
    expect(values('3x')).toEqual([['products', 300_000], ['users', 3e6]]); // prettier-ignore
    expect(values('2M users')).toEqual([['products', 200_000], ['users', 2e6]]); // prettier-ignore
    expect(values('users=2M')).toEqual([['products', 200_000], ['users', 2e6]]); // prettier-ignore
    expect(values('2M', 'users')).toEqual([['users', 2e6]]);
    expect(values('users=2M', 'users')).toEqual([['users', 2e6]]);
    expect(values('rate=100')).toEqual([['rate', 100 / 86_400]]);
    expect(complaint(() => values('2M'))).toMatchObject({ help: 'write `products=…` or `users=…` or `3x`' });
  });

  it.each([
    ['userz=3', 'GOAL_UNKNOWN_NAME', 'did you mean `users`?'],
    ['users=3 s', 'GOAL_DIMENSION', 'keep the unit'],
    ['users=lots', 'GOAL_TYPE', 'write a number'],
    ['0', 'GOAL_RANGE', 'write what arrives'],
    ['-3x', 'GOAL_RANGE', 'write what arrives'],
  ])('that is wrong is refused: %s', (text, code, help) => {
    const found = complaint(() => readLoad(planWith(), text, undefined));
    expect(found).toMatchObject({ code, path: '--load' });
    expect(found?.help).toContain(help);
  });

  it('is what the plan says grows; otherwise something is proposed', () => {
    const still = planWith((text) => text.replace(/growth:\n.*\n/, ''));
    expect(driversOf(planWith(), undefined).map(({ name }) => name)).toEqual(['users']);
    expect(driversOf(still, undefined)).toEqual([]);
    expect(exampleDriver(still)).toBe('users');
  });
});

describe('`max_instances` in a plan', () => {
  it.each([
    ['max_instances: 11', 'PLAN_UPSIDE_DOWN'],
    ['max_instances: 0', 'PLAN_TYPE'],
    ['max_instance: 20', 'PLAN_UNKNOWN_KEY'],
  ])('%s is refused where there are 12', (key, code) => {
    expect(complaint(() => planWith((text) => text.replace('headroom: 20 %', key)))?.code).toBe(code);
  });

  it('is null where there is none', () => {
    const [step] = planWith((text) => text.replace('headroom: 20 %', 'max_instances: 12')).steps;
    expect(step?.tiers.map(({ maxInstances }) => maxInstances)).toEqual([12, null]);
  });
});
