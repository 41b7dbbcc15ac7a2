import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readPlan } from '../plan/read-plan.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { settingOf } from './setting-of.ts';

const PLAN = `plan: mine
assume:
  load: 100 req/s
  hit: 75 %
  app.price: 50 USD/month
  queue.price: 80 USD/month
keys: { items: { count: 100 items } }
requests:
  view: { share: 80 %, kind: read, method: GET, path: / }
  find: { share: 10 %, kind: read, method: GET, path: /find }
  buy: { share: 10 %, kind: write, method: POST, path: / }
architecture:
  - step: 1
    name: all of it
    tiers:
      lb: { kind: nginx, instances: 1, calls: [app], demand: load, capacity: 1_000 req/s }
      app: { kind: express, instances: 4, local_instances: 2, calls: [cache, database, queue, mail], demand: load, capacity: 90 req/s, price: app.price }
      cache: { kind: redis, instances: 1, demand: load, capacity: 1_000 req/s, cache: { entries: 50 } }
      database: { kind: postgres, instances: 1, demand: load, capacity: 1_000 req/s }
      queue: { kind: rabbitmq, instances: 1, calls: [mailer], demand: load, capacity: 1_000 req/s, price: queue.price }
      mailer: { kind: worker, instances: 3, calls: [mail], demand: load, capacity: 1_000 req/s }
      mail: { kind: external, instances: 1, demand: load, capacity: 1_000 req/s }
    routes:
      view: [lb, app, { to: cache, hit: hit, miss: [{ to: database, times: 2 query/req }] }]
      find: [lb, app, { to: cache, keys: items, miss: [database] }]
      write: [lb, app, { to: database, times: 3 query/req }, { to: queue, publish: [send] }]
      send: [mailer, mail]
`;

const plan = readPlan('plan.yaml', PLAN);
const mixed = (
  mix: Readonly<Record<string, number>>,
  ...rates: number[]
): Pick<Scenario, 'mix' | 'phases' | 'journeys'> => {
  const phases = rates.map((rate_per_s, index) => {
    const pieces = [{ duration_s: 10, rate_per_s, rate_end_per_s: rate_per_s }];
    return { name: `phase-${index}`, judged: true, duration_s: 10, pieces, closed: null };
  });
  return { mix: new Map(Object.entries(mix)), phases, journeys: [] };
};

describe('edges', () => {
  it('carry what the routes lead to at the highest rate, behind a cache what misses', () => {
    const { edges } = settingOf({ plan, step: 1, scenario: mixed({ view: 0.9, buy: 0.1 }, 50, 100), scale: 2 });
    // 200 req/s: 180 views, of which 45 miss and fill the cache afterwards; 20 purchases.
    expect(edges).toEqual([
      { from: 'lb', to: 'app', visits_per_s: 200 },
      { from: 'app', to: 'cache', visits_per_s: 180 + 45 },
      { from: 'app', to: 'database', visits_per_s: 45 * 2 + 20 * 3 },
      { from: 'app', to: 'queue', visits_per_s: 20 },
      { from: 'queue', to: 'mailer', visits_per_s: 20 },
      { from: 'mailer', to: 'mail', visits_per_s: 20 },
      { from: 'app', to: 'mail' },
    ]);
  });

  it('say nothing of what a cache of single entries decides, nor of a schedule without rates', () => {
    const looked = settingOf({ plan, step: 1, scenario: mixed({ find: 1 }, 100), scale: 1 }).edges;
    expect(looked.slice(0, 3)).toEqual([
      { from: 'lb', to: 'app', visits_per_s: 100 },
      { from: 'app', to: 'cache' },
      { from: 'app', to: 'database' },
    ]);
    const closed = settingOf({ plan, step: 1, scenario: mixed({ buy: 1 }), scale: 1 }).edges;
    expect(closed.some((edge) => 'visits_per_s' in edge)).toBe(false);
    expect(closed).toHaveLength(7);
  });

  it('of the Amazon Shop: every request reaches an app server, and a fifth of the reads the database', () => {
    const shop = readPlan('amazon-shop.yaml', readFileSync('plans/amazon-shop.yaml', 'utf8'), {
      priceBook: (name) => ({ path: name, text: readFileSync(`plans/prices/${name}.yaml`, 'utf8') }),
    });
    const { edges } = settingOf({
      plan: shop,
      step: 2,
      scenario: mixed({ product: 0.8, 'cart-add': 0.2 }, 7000),
      scale: 1,
    });
    const loadOf = (from: string, to: string) =>
      edges.find((edge) => edge.from === from && edge.to === to)?.visits_per_s;
    expect(loadOf('load-balancer', 'app')).toBe(7000);
    expect(loadOf('app', 'cache')).toBeCloseTo(5600 * 1.2, 6);
  });
});

describe('tiers', () => {
  it('are as they were started, with the cores that one process can use', () => {
    const topology = { tiers: [{ id: 'app', kind: 'express', instances: 2, calls: ['lb'], settings: {} }] } as const;
    const setting = settingOf({ plan, step: 1, topology, scenario: mixed({ buy: 1 }, 10), scale: 1 });
    expect(setting.tiers).toEqual([{ id: 'app', kind: 'express', instances: 2, cores_each: 1 }]);
    expect(setting.edges).toContainEqual({ from: 'app', to: 'lb' });
  });

  it('of a simulation are what the plan provides, whose cores nobody counts', () => {
    const { tiers } = settingOf({ plan, step: 1, scenario: mixed({ buy: 1 }, 10), scale: 1 });
    expect(tiers.find(({ id }) => id === 'app')).toEqual({ id: 'app', kind: 'express', instances: 4 });
  });
});

it('names the step, its entry and what it costs, the dearest first', () => {
  const setting = settingOf({ plan, step: 1, scenario: mixed({ buy: 1 }, 10), scale: 1 });
  expect(setting).toMatchObject({ name: 'all of it', entry: 'lb' });
  expect(setting.cost).toEqual({
    total_usd_per_month: 280,
    items: [
      { id: 'app', usd_per_month: 200 },
      { id: 'queue', usd_per_month: 80 },
    ],
    unpriced: ['lb', 'cache', 'database', 'mailer', 'mail'],
  });
  expect(() => settingOf({ plan, step: 2, scenario: mixed({ buy: 1 }, 10), scale: 1 })).toThrow(RangeError);
});
