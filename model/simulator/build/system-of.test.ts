import { describe, expect, it } from 'vitest';
import { readPlan } from '../../plan/read-plan.ts';
import { withSettings } from '../../plan/with-settings.ts';
import { systemOf } from './system-of.ts';
import type { BuiltSystem } from './system-of.ts';

const SHOP = `plan: shop
assume:
  traffic: 1_000 req/s
  app.count: 9
  hit: 80 %
  entries: 100_000
keys: { users: { count: 5 }, products: { count: 10M products, exponent: 0.8 } }
requests:
  view: { share: 60 %, kind: read, method: GET, path: / }
  search: { share: 30 %, kind: read, method: GET, path: /s, timeout: 2 s }
  order: { share: 10 %, kind: write, method: POST, path: / }
architecture:
  - step: 1
    name: calls alone
    tiers:
      lb:
        { kind: nginx, instances: 1, calls: [app], demand: traffic, capacity: 9_000 req/s, settings: { balance: least-conn } }
      app:
        kind: express
        instances: app.count
        local_instances: 2
        calls: [database, queue]
        demand: traffic * 0.5
        capacity: 120 req/s/server
        autoscale: { min: 3, max: 9, out_above: 70 %, out_after: 2 min, in_below: 30 %, in_after: 5 min, boot: 60 s }
      database: { kind: postgres, instances: 4, demand: 2_000 query/s, capacity: 9_000 query/s }
      queue: { kind: rabbitmq, instances: 1, calls: [mailer], demand: 3 GB, capacity: 4 GB }
      mailer: { kind: worker, instances: 1, calls: [mail, queue], demand: 5 message/s, capacity: 10 message/s }
      mail: { kind: external, instances: 1, demand: 5 req/s, capacity: 10 req/s }
  - step: 2
    name: routes
    tiers:
      app: { calls: [cache, database, queue], balance: hash, shed: { waiting: 7, keep: [order, search] } }
      cache: { kind: redis, instances: 1, demand: traffic, capacity: 9_000 req/s, cache: { entries: entries, ttl: 1 h } }
      database: { sharding: { by: modulo, shards: 2 }, failover: { detection: 10 s, promotion: 20 s, standbys: 1 } }
      replicas:
        kind: postgres
        instances: 2
        demand: 9 req/s
        capacity: 10 req/s
        replication: { of: database, lag: 2 s, read_your_writes: primary-within-window, window: 5 s }
      mail:
        call: { timeout: 2 s, attempts: 3, breaker: { failures: 50 %, calls: 20, window: 10 s, open: 30 s } }
        limit: { rate: 100 req/s }
      mailer: { redelivery: [5 s, 25 s] }
    routes:
      read: [lb, app, { to: cache, times: 2, keys: products, miss: [{ to: database, time: 80 ms }] }]
      write: [lb, app, { to: database, times: 3 query/order, write: yes }, { to: queue, publish: [mail] }]
      search: [lb, app, { to: cache, hit: hit, fill: no, miss_on_failure: no }]
      mail: [mailer, mail]
`;

const ALL = new Map([
  ['view', 0.6],
  ['search', 0.3],
  ['order', 0.1],
]);

function build(step: number, mix: ReadonlyMap<string, number> = ALL, ...settings: string[]): BuiltSystem {
  const plan = withSettings(readPlan('shop', SHOP), settings);
  const found = plan.steps[step - 1];
  if (!found) throw new Error(`no step ${step}`);
  return systemOf(plan, found, mix);
}

const [LB, APP, DATABASE, QUEUE, MAILER, MAIL, CACHE] = [0, 1, 2, 3, 4, 5, 6];

describe('tiers', () => {
  const { tiers } = build(2).system;

  it('have what the plan provides, and the defaults of the language', () => {
    expect(tiers.map(({ id }) => id)).toEqual([
      'lb',
      'app',
      'database',
      'queue',
      'mailer',
      'mail',
      'cache',
      'replicas',
    ]);
    expect(tiers[LB]).toMatchObject({
      instances: 1,
      discipline: 'fifo',
      concurrency: Infinity,
      queueLimit: Infinity,
      balance: 'round-robin',
      network: null,
      errorRate: 0,
      call: { timeout_s: Infinity, attempts: 1, pool: Infinity, breaker: null, optional: false },
      cache: null,
      redelivery_s: [],
    });
    expect(tiers[APP]).toMatchObject({ instances: 9, autoscale: { max: 9 }, discipline: 'processor-sharing' });
  });

  it('behave as the plan says', () => {
    expect(tiers[APP]).toMatchObject({ balance: 'hash', shedding: { waiting: 7, keep: [2, 1] } });
    expect(tiers[DATABASE]).toMatchObject({
      sharding: { by: 'modulo', shards: 2 },
      failover: { detection: { kind: 'deterministic', mean_s: 10 }, standbys: 1 },
    });
    expect(tiers[MAILER]).toMatchObject({ holdsServer: true, redelivery_s: [5, 25] });
    expect(tiers[MAIL]).toMatchObject({
      call: { timeout_s: 2, attempts: 3, multiplier: 2, breaker: { failureShare: 0.5, minCalls: 20 } },
      rateLimit: { rate_per_s: 100, burst: 100 },
    });
    expect(tiers[CACHE]?.cache).toEqual({ entries: 100_000, ttl_s: 3600, stampede: { policy: 'none' } });
    expect(tiers[7]?.replication).toEqual({
      primary: DATABASE,
      lag: { kind: 'exponential', mean_s: 2 },
      readYourWrites: { strategy: 'primary-within-window', window_s: 5 },
      synchronous: 0,
    });
  });

  it('are balanced as the nginx that calls them does, unless they say otherwise', () => {
    expect(build(1).system.tiers[APP]?.balance).toBe('least-connections');
  });
});

describe('classes and messages', () => {
  const { system } = build(2);
  const [view, search, order] = system.classes;

  it('have their share, timeout and keys', () => {
    expect(system.classes.map(({ name, share }) => [name, Number(share.toFixed(12))])).toEqual([...ALL]);
    expect([view?.timeout_s, search?.timeout_s]).toEqual([10, 2]);
    expect([view?.keys, search?.keys, order?.keys]).toEqual([1, null, null]);
    expect(system.keySpaces[1]).toEqual({ name: 'products', count: 10_000_000, exponent: 0.8 });
  });

  it('take the route of their name, else of their kind', () => {
    const lookup = { hitRatio: null, missBy: 'caller', fillVisit: true, missOnFailure: true };
    expect(view?.route).toMatchObject([
      { tier: LB, nested: [{ tier: APP, nested: [{ tier: CACHE, times: 2, lookup }] }] },
    ]);
    const given = { hitRatio: 0.8, fillVisit: false, missOnFailure: false, onMiss: [] };
    expect(search?.route).toMatchObject([{ nested: [{ nested: [{ tier: CACHE, lookup: given }] }] }]);
    const miss = view?.route[0]?.nested[0]?.nested[0]?.lookup?.onMiss;
    expect(miss).toMatchObject([{ tier: DATABASE, service: { kind: 'exponential', mean_s: 0.08 } }]);
  });

  it('write and publish', () => {
    expect(order?.route[0]?.nested[0]?.nested).toMatchObject([
      { tier: DATABASE, times: 3, operation: 'write', publish: [] },
      { tier: QUEUE, operation: 'read', publish: [0] },
    ]);
    expect(system.messages).toMatchObject([{ name: 'mail', route: [{ tier: MAILER, nested: [{ tier: MAIL }] }] }]);
  });

  it('are left out when nobody asks for them, and their messages too', () => {
    const { system: some } = build(
      2,
      new Map([
        ['view', 3],
        ['search', 1],
        ['order', 0],
      ]),
    );
    expect(some.classes.map(({ name, share }) => [name, share])).toEqual([
      ['view', 0.75],
      ['search', 0.25],
    ]);
    expect(some.messages).toEqual([]);
    expect(some.tiers[APP]?.shedding?.keep).toEqual([1]);
    expect(() => build(2, new Map())).toThrow(new RangeError('no request class has a share in the mix'));
  });

  it('are one where a plan lists none', () => {
    const plan = readPlan(
      'p',
      SHOP.replace(/requests:[\s\S]*?(?=architecture:)/, '').replace(/ {2}- step: 2[\s\S]*/, ''),
    );
    const [step] = plan.steps;
    expect(step && systemOf(plan, step, new Map()).system.classes).toMatchObject([{ name: 'request', share: 1 }]);
  });
});

describe('without routes', () => {
  const { system, notes } = build(1);

  it('calls are followed, as often as demand says, and workers left out', () => {
    expect(system.classes[0]?.route).toMatchObject([
      {
        tier: LB,
        times: 1,
        nested: [{ tier: APP, times: 0.5, nested: [{ tier: DATABASE, times: 4 }, { tier: QUEUE }] }],
      },
    ]);
    // A queue sized by memory is visited once a request, which is twice for each visit to the app.
    expect(system.classes[0]?.route[0]?.nested[0]?.nested[1]?.times).toBe(2);
  });

  it('the output says so, and who stays idle or takes no time', () => {
    expect(notes).toEqual([
      'requests without a route follow `calls` from the entry, as often as demand says',
      'no route visits `mailer`, `mail`',
      'visits to `queue` take no time: its capacity `4 GB` is no rate; write `service: { time: … }`',
    ]);
  });

  it('a circle of calls ends where it began, which the output says', () => {
    const circle = SHOP.replace('demand: 2_000 query/s,', 'calls: [lb], demand: 2_000 query/s,');
    const plan = readPlan('p', circle);
    const [step] = plan.steps;
    const built = step && systemOf(plan, step, ALL);
    expect(built?.system.classes[0]?.route).toEqual(system.classes[0]?.route);
    expect(built?.notes[1]).toContain('calls go in a circle, `lb` → `app` → `database` → `lb`');
  });
});

describe('settings', () => {
  it('reach formulas of behaviour', () => {
    const { system } = build(2, ALL, 'entries=7', 'hit=50 %', 'app.count=12');
    expect(system.tiers[CACHE]?.cache?.entries).toBe(7);
    expect(system.tiers[APP]?.instances).toBe(12);
    expect(system.classes[1]?.route[0]?.nested[0]?.nested[0]?.lookup?.hitRatio).toBe(0.5);
  });

  it('that leave no equal shards are rounded up, which the output says', () => {
    const { system, notes } = build(2, ALL, 'database.instances=5');
    expect(system.tiers[DATABASE]?.instances).toBe(6);
    expect(notes).toContain('`database` has 6 instances in place of 5, for 2 equal shards');
  });

  it('beyond what is possible are refused', () => {
    expect(() => build(2, ALL, 'entries=-1')).toThrow('`entries` comes to -1, which nothing can behave by');
  });
});
