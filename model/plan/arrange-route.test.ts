import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../document/diagnostic.ts';
import type { PlannedRoute } from './behaviour.ts';
import { readPlan } from './read-plan.ts';

const tier = (kind: string, calls: string, more = ''): string =>
  `{ kind: ${kind}, instances: 1, calls: [${calls}], demand: 10 req/s, capacity: 20 req/s${more} }`;

const HEAD = `plan: p
keys: { products: { count: 1M products } }
requests:
  view: { share: 90 %, kind: read, method: GET, path: / }
  order: { share: 10 %, kind: write, method: POST, path: / }
architecture:
  - step: 1
    name: one
    tiers:
      cdn: ${tier('cdn', 'lb')}
      lb: ${tier('nginx', 'app')}
      app: ${tier('express', 'cache, near, stock, database, broker')}
      stock: ${tier('express', 'cache, database')}
      cache: ${tier('redis', '', ', cache: { entries: 100 }')}
      near: ${tier('redis', 'database')}
      database: ${tier('postgres', '')}
      broker: ${tier('rabbitmq', '')}
      mailer: ${tier('worker', 'broker, mail')}
      mail: ${tier('external', '')}
`;

function stepsOf(routes: string, more = ''): ReadonlyMap<string, PlannedRoute>[] {
  return readPlan('p', `${HEAD}    routes: { ${routes} }\n${more}`).steps.map((step) => step.routes);
}

/** A route as text: `lb(app(database))`, with what a miss leads to behind a question mark, and `^` where the tier makes that. */
function shape(route: PlannedRoute = []): string {
  return route
    .map(({ tier: id, nested, lookup }) => {
      const miss = lookup ? `?${lookup.missBy === 'tier' ? '^' : ''}[${shape(lookup.onMiss)}]` : '';
      return `${id}${miss}${nested.length > 0 ? `(${shape(nested)})` : ''}`;
    })
    .join(' ');
}

function codes(routes: string, more = ''): string[] {
  try {
    stepsOf(routes, more);
  } catch (error) {
    if (error instanceof InvalidInput) return error.diagnostics.map(({ code, message }) => `${code} ${message}`);
    throw error;
  }
  return [];
}

describe('who makes a visit', () => {
  it.each([
    ['is the tier before', 'lb, app, database', 'lb(app(database))'],
    ['is the nearest that calls it', 'lb, app, stock, database', 'lb(app(stock(database)))'],
    ['need not be the last', 'lb, app, stock, broker', 'lb(app(stock broker))'],
    ['may be asked twice', 'lb, app, database, cache, database', 'lb(app(database cache database))'],
    ['of a miss is the caller', 'lb, app, { to: cache, hit: 0.5, miss: [database] }', 'lb(app(cache?[database]))'],
    [
      'of a miss is the tier that can',
      'lb, app, { to: near, hit: 0.5, miss: [database] }',
      'lb(app(near?^[database]))',
    ],
    ['of a miss may nest', '{ to: cdn, hit: 0.5, miss: [lb, app, database] }', 'cdn?^[lb(app(database))]'],
    [
      'of a miss may be a miss itself',
      '{ to: cdn, hit: 0.5, miss: [lb, app, { to: cache, keys: products, miss: [database] }, broker] }',
      'cdn?^[lb(app(cache?[database] broker))]',
    ],
    [
      'after a miss is as without it',
      'lb, app, stock, { to: cache, keys: products, miss: [database] }, database',
      'lb(app(stock(cache?[database] database)))',
    ],
    ['is nobody who only looked up', 'lb, app, { to: cache, keys: products }', 'lb(app(cache?[]))'],
  ])('%s', (_, route, expected) => expect(shape(stepsOf(`view: [${route}]`)[0]?.get('view'))).toBe(expected));

  it.each([
    ['lb, database', 'PLAN_UNREACHABLE nobody before `database` in the route calls it'],
    ['lb, app, broker, mail', 'PLAN_UNREACHABLE nobody before `mail` in the route calls it'],
    [
      'lb, app, stock, { to: cache, keys: products, miss: [broker] }',
      'PLAN_UNREACHABLE `stock` does not call `broker`',
    ],
    ['{ to: lb, hit: 0.5, miss: [database] }', 'PLAN_UNREACHABLE nobody before `database` in the route calls it'],
  ])('is found or said to be missing: %s', (route, expected) => expect(codes(`view: [${route}]`)).toEqual([expected]));
});

describe('look-ups', () => {
  it('ask a keyed cache by the key alone, but not on writes, and not other tiers', () => {
    const [routes] = stepsOf(
      'view: [lb, app, { to: cache, keys: products, write: yes }, { to: database, keys: products }]',
    );
    expect(shape(routes?.get('view'))).toBe('lb(app(cache database))');
  });

  it.each([
    ['{ to: cache, hit: 0.5, miss: [database] }', true],
    ['{ to: cache, keys: products }', true],
    ['{ to: cache, hit: 0.5 }', false],
    ['{ to: stock, hit: 0.5, miss: [database] }', false],
    ['{ to: cache, hit: 0.5, miss: [database], fill: no }', false],
  ])('fill what stores: %s', (visit, fill) => {
    const [routes] = stepsOf(`view: [lb, app, ${visit}]`);
    expect(routes?.get('view')?.[0]?.nested[0]?.nested[0]?.lookup?.fill).toBe(fill);
  });
});

describe('routes from step to step', () => {
  const step = (routes: string, tiers = ''): string =>
    `  - step: 2\n    name: two\n    tiers: { ${tiers} }\n    routes: { ${routes} }\n`;

  it('are taken over, replaced and removed one by one', () => {
    const [, second] = stepsOf('read: [lb], write: [lb, app], order: [lb]', step('write: [lb], order: none'));
    expect([...(second ?? [])].map(([name, route]) => `${name} ${shape(route)}`)).toEqual(['read lb', 'write lb']);
  });

  it('change with who calls whom', () => {
    const app = 'app: { calls: [stock] }';
    const [first, second] = stepsOf('view: [lb, app, stock, database]', step('', app));
    expect(shape(first?.get('view'))).toBe(shape(second?.get('view')));
    expect(codes('view: [lb, app, database]', step('', app))).toEqual([
      'PLAN_UNREACHABLE nobody before `database` in the route calls it at step 2',
    ]);
  });

  it('do not go through a tier that is gone', () => {
    const gone = 'lb: none, cdn: { calls: [app] }';
    expect(codes('read: [cdn, lb], view: [lb, app]', step('', gone))).toEqual([
      'PLAN_UNKNOWN_NAME the routes `read`, `view` go through `lb`, which is gone',
    ]);
    expect(codes('read: [cdn, lb], view: [lb, app]', step('read: [cdn], view: [app]', gone))).toEqual([]);
  });
});

describe('messages', () => {
  it('may lead to others, but not back to themselves', () => {
    const routes = (second: string): string =>
      `write: [lb, app, { to: broker, publish: [a] }], a: [mailer, { to: broker, publish: [b] }], b: [mailer, ${second}]`;
    expect(codes(routes('mail'))).toEqual([]);
    expect(codes(routes('{ to: broker, publish: [a] }'))).toEqual([
      'PLAN_CYCLE a route without end: `a` publishes `b`, which leads back to it',
      'PLAN_CYCLE a route without end: `b` publishes `a`, which leads back to it',
    ]);
  });
});
