import { describe, expect, it } from 'vitest';
import { readPlan } from '../model/plan/read-plan.ts';
import { solveCapacity } from '../model/questions/solve-capacity.ts';
import { driversOf, readLoad } from '../model/questions/solve-drivers.ts';
import { solveGoal } from '../model/questions/solve-goal.ts';
import { solveLoad } from '../model/questions/solve-load.ts';
import { documentText } from './document-text.ts';
import { solutionDocument } from './solution-document.ts';
import type { Solution } from './solution-document.ts';
import { PLAIN_80 } from './style.ts';

const PLAN = readPlan(
  'plan.yaml',
  `
plan: small
assume: { users: 1M users, rate: 86.4 req/user/day }
derive: { peak: users * rate }
growth: { users: { rate: 5 %/month } }
cost: { cdn: { formula: $50/month, from: 2 } }
architecture:
  - step: 1
    name: one database
    tiers:
      app: { kind: express, instances: 12, demand: peak, capacity: 100 req/s, price: $100/month }
      database: { kind: postgres, instances: 1, demand: peak, capacity: 1250 req/s, price: $300/month }
  - step: 2
    name: with a cache
    tiers:
      database: { demand: peak / 10 }
      cache: { kind: redis, instances: 3, demand: peak, capacity: 50000 req/s }
`,
);

function text(solution: Solution): string {
  return `\n${documentText(solutionDocument(solution), PLAIN_80)}`;
}

describe('the answer to `solve`', () => {
  it('names the change first', () => {
    const solution = solveGoal(PLAN, { goal: 'utilisation.app <= 70 %', vary: 'app.instances', step: PLAN.steps[0] });
    expect(text({ ...solution, iterations: 20 })).toMatchInlineSnapshot(`
      "
      app.instances = 15 instances
      instead of 12 instances meets utilisation.app <= 70 %.

                                now          then
      ──────────────────────────────────────────────────
      app.instances    12 instances  15 instances  +25 %
      utilisation.app       83.33 %       66.67 %  −20 %

      Exact, found in 20 evaluations at step 1.
      "
    `);
  });

  it('says that nothing needs to change, and how far it may go', () => {
    const solution = solveGoal(PLAN, {
      goal: 'cost.total <= $2,000/month',
      vary: 'app.instances',
      step: PLAN.steps[1],
    });
    expect(text({ ...solution, iterations: 20 })).toMatchInlineSnapshot(`
      "
      app.instances = 12 instances
      meets cost.total <= $2,000/month already, and does so up to 16 instances.

                              now
      ───────────────────────────
      app.instances  12 instances
      cost.total     $1,550/month

      Exact, found in 20 evaluations at step 2.
      "
    `);
  });

  it('draws a side without a finite value as such', () => {
    const goal = 'mm1_response(peak, 2 ms) <= 20 ms';
    const solution = solveGoal(PLAN, { goal, vary: 'users', step: undefined });
    expect(text({ ...solution, iterations: 20 })).toMatchInlineSnapshot(`
      "
      users = 450,000 users
      instead of 1,000,000 users meets mm1_response(peak, 2 ms) <= 20 ms.

                                            now           then
      ───────────────────────────────────────────────────────────────
      users                     1,000,000 users  450,000 users  −55 %
      mm1_response(peak, 2 ms)                ∞          20 ms

      Exact, found in 20 evaluations.
      "
    `);
  });

  it('names step and cost for a load, the sizing, and what was not chosen', () => {
    const solution = solveLoad(PLAN, readLoad(PLAN, '3x', undefined), '3x');
    expect(text(solution)).toMatchInlineSnapshot(`
      "
      Step 2 carries it for $3,350/month
      with a cache

      load               now             then
      ───────────────────────────────────────
      users  1,000,000 users  3,000,000 users

      tier      has to carry   one carries  has  needs  in use          cost
      ──────────────────────────────────────────────────────────────────────
      app        3,000 req/s     100 req/s   12     30   100 %  $3,000/month
      database     300 req/s   1,250 req/s    1      1    24 %    $300/month
      cache      3,000 req/s  50,000 req/s    3      1     6 %

      cost
      ──────────────────────
      tiers     $3,300/month
      cost.cdn     $50/month
      all       $3,350/month

      Without a price, and so not in the cost: cache.

      Fewer than the plan has: cache. Only load is looked at here, not what memory or
      a failure asks for.

         not  cost  why
      ────────────────────────────────────────────────────────────
      step 1        database is one instance and would be at 240 %
      "
    `);
  });

  it('names the load of each step', () => {
    expect(text(solveCapacity(PLAN, driversOf(PLAN, undefined)))).toMatchInlineSnapshot(`
      "
      Steps 1, 2 carry most: 1.2 times the present load
      step  carries                   limited by  now in use  name
      ────────────────────────────────────────────────────────────────────
         1    × 1.2  1,200,000 users  app             83.3 %  one database
         2    × 1.2  1,200,000 users  app             83.3 %  with a cache

      Within 0.1 %; times users = 1,000,000 users, with the instances that the plan
      has.
      "
    `);
  });

  it('has raw rows for programs', () => {
    const [, , table] = solutionDocument(
      solveGoal(PLAN, { goal: 'utilisation.app <= 70 %', vary: 'users', step: PLAN.steps[0] }),
    );
    expect(table).toMatchObject({
      name: 'solution',
      data: [
        { name: 'users', unit: 'user', before: 1e6, after: 840_000 },
        { name: 'utilisation.app', unit: '%', before: expect.closeTo(83.33, 2), after: expect.closeTo(70, 9) },
        { name: '70 %', unit: '%', before: 70, after: 70 },
      ],
    });
  });
});
