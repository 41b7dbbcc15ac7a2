import { describe, expect, it } from 'vitest';
import { readPlan } from '../plan/read-plan.ts';
import { withSettings } from '../plan/with-settings.ts';
import { diffPlans, diffPlanSteps } from './diff.ts';

const SHOP = `
plan: shop
assume:
  users: 1M users
  requests.per_user: 8640 req/user/day
  page.size: 10 KB/req
  app.price: $730/server/month
derive:
  traffic: users * requests.per_user / 1000
  bandwidth: traffic * page.size
architecture:
  - step: 1
    name: one database
    tiers:
      app: { kind: express, instances: 2, demand: traffic, capacity: 100 req/s/server, price: app.price }
      database: { kind: postgres, instances: 1, demand: traffic, capacity: 50 req/s/server }
  - step: 2
    name: a cache
    tiers:
      cache: { kind: redis, instances: 1, demand: traffic, capacity: 1000 req/s/server, price: app.price }
      database: { demand: traffic * 0.2 }
`;
const shop = readPlan('shop.yaml', SHOP);
const edited = (from: string, to: string): ReturnType<typeof readPlan> => readPlan('b.yaml', SHOP.replace(from, to));
const diffTo = (plan: typeof shop): ReturnType<typeof diffPlans> =>
  diffPlans({ label: 'a', plan: shop }, { label: 'b', plan });

describe('two plans', () => {
  it('are the same when every value and tier is, however their formulas are written', () => {
    const diff = diffTo(edited('users * requests.per_user / 1000', 'requests.per_user / 1000 * users'));
    expect(diff).toMatchObject({ same: true, quantities: { changed: [], unchanged: 6 }, steps: { unchanged: 2 } });
  });

  it('give both values in one unit, with ratio and difference', () => {
    const { same, quantities } = diffTo(withSettings(shop, ['users=3M']));
    expect(same).toBe(false);
    expect(quantities?.changed).toEqual([
      { id: 'users', kind: 'assumed', a: 1e6, b: 3e6, unit: 'user', ratio: 3, difference: 2e6 },
      { id: 'traffic', kind: 'derived', a: 100, b: 300, unit: 'req/s', ratio: 3, difference: 200 },
      { id: 'bandwidth', kind: 'derived', a: 1e6, b: 3e6, unit: 'B/s', ratio: 3, difference: 2e6 },
    ]);
    expect(quantities?.unchanged).toBe(3);
  });

  it('are compared in the unit of the first where each writes its own', () => {
    const [change] = diffTo(edited('10 KB/req', '0.02 MB/req')).quantities?.changed ?? [];
    expect(change).toMatchObject({ id: 'page.size', a: 10, b: 20, unit: 'KB/req' });
  });

  it('come with the largest factor first, whichever way it goes, and what was nothing before all', () => {
    const before = withSettings(shop, ['app.price=0']);
    const after = withSettings(shop, ['users=0.2M', 'page.size=15', 'app.price=$1/server/month']);
    const { quantities } = diffPlans({ label: 'a', plan: before }, { label: 'b', plan: after });
    const found = quantities?.changed.map(({ id, ratio }) => [id, ratio && Number(ratio.toFixed(3))]);
    expect(found).toEqual([
      ['app.price', null],
      ['users', 0.2],
      ['traffic', 0.2],
      ['bandwidth', 0.3],
      ['page.size', 1.5],
    ]);
  });

  it('name what only one of them has, and what is something else in the other', () => {
    const text = SHOP.replace('10 KB/req', '10 KB/user\n  peak: 3').replace('  bandwidth: traffic * page.size\n', '');
    const { quantities } = diffTo(readPlan('b.yaml', text));
    expect(quantities?.onlyA.map(({ id }) => id)).toEqual(['bandwidth']);
    expect(quantities?.onlyB).toEqual([{ id: 'peak', value: 3, unit: '' }]);
    expect(quantities?.redefined).toEqual([
      {
        id: 'page.size',
        a: { id: 'page.size', value: 10, unit: 'KB/req' },
        b: { id: 'page.size', value: 10, unit: 'KB/user' },
      },
    ]);
  });

  it('say of each step which tiers differ, what breaks first and what it costs', () => {
    const { steps } = diffTo(withSettings(shop, ['app.instances=1']));
    expect(steps).toMatchObject({ unchanged: 0, onlyA: [], onlyB: [] });
    expect(steps.changed[0]).toMatchObject({
      a: {
        step: 1,
        bottleneck: { tier: 'database', utilisation: expect.closeTo(2, 12) },
        cost_usd_per_s: expect.closeTo((2 * 730) / 2628e3, 12),
      },
      b: {
        step: 1,
        bottleneck: { tier: 'database', utilisation: expect.closeTo(2, 12) },
        cost_usd_per_s: expect.closeTo(730 / 2628e3, 12),
      },
      tiers: {
        changed: [
          { tier: 'app', a: { utilisation: expect.closeTo(0.5, 12) }, b: { utilisation: expect.closeTo(1, 12) } },
        ],
        unchanged: 1,
      },
    });
  });

  it('notice a step that only costs something else', () => {
    const { steps } = diffTo(withSettings(shop, ['app.price=$1/server/month']));
    expect(steps.changed.map(({ tiers }) => tiers.changed.length)).toEqual([0, 0]);
  });

  it('name steps that only one of them has', () => {
    const text = SHOP.slice(0, SHOP.indexOf('  - step: 2'));
    expect(diffTo(readPlan('b.yaml', text)).steps.onlyA).toEqual([{ step: 2, name: 'a cache' }]);
  });
});

describe('two steps of one plan', () => {
  it('differ in tiers that were added, removed or changed', () => {
    const diff = diffPlanSteps(shop, 1, 2);
    expect(diff).toMatchObject({ same: false, quantities: null, a: { label: 'step 1' }, b: { label: 'step 2' } });
    const [step] = diff.steps.changed;
    expect(step?.tiers.added.map(({ tier }) => tier)).toEqual(['cache']);
    expect(step?.tiers.changed).toMatchObject([
      { tier: 'database', a: { utilisation: expect.closeTo(2, 12) }, b: { utilisation: expect.closeTo(0.4, 12) } },
    ]);
    expect(step?.b.bottleneck).toEqual({ tier: 'app', utilisation: expect.closeTo(0.5, 12) });
    const back = diffPlanSteps(shop, 2, 1).steps.changed[0];
    expect(back?.tiers.removed.map(({ tier }) => tier)).toEqual(['cache']);
  });

  it('have to be there', () => expect(() => diffPlanSteps(shop, 1, 3)).toThrow(new RangeError('shop has no step 3')));
});
