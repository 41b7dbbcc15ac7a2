import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../document/diagnostic.ts';
import type { Diagnostic } from '../document/diagnostic.ts';
import { readPlan } from '../plan/read-plan.ts';
import { solveGoal } from './solve-goal.ts';
import type { GoalQuestion, GoalSolution } from './solve-goal.ts';

const PLAN = readPlan(
  'plan.yaml',
  `
plan: small
assume:
  users: 1M users
  rate: 86.4 req/user/day
  hit_ratio: 50 %
  service_time: 10 ms
  cpus: 12
  fixed: 90 req/s
  sigma: 0.05
  kappa: 0.0005
  nodes: 4
derive:
  peak: users * rate
  misses: peak * (1 - hit_ratio)
architecture:
  - step: 1
    name: one
    tiers:
      app: { kind: express, instances: 12, demand: peak, capacity: 100 req/s/server, price: $100/server/month }
      database: { kind: postgres, instances: 1, max_instances: 1, demand: misses + fixed, capacity: 500 req/s }
  - { step: 2, name: two, tiers: { cache: { kind: redis, instances: 1, demand: peak, capacity: 1250 req/s } } }
`,
);

function solve(vary: string, goal: string, more: Partial<GoalQuestion> & { at?: number } = {}): GoalSolution {
  const { at = 1, ...rest } = more;
  return solveGoal(PLAN, { goal, vary, step: PLAN.steps[at - 1], ...rest });
}

function complaint(...question: Parameters<typeof solve>): Diagnostic | undefined {
  try {
    solve(...question);
  } catch (error) {
    if (error instanceof InvalidInput) return error.diagnostics[0];
    throw error;
  }
  throw new Error('it was answered');
}

describe('the smallest change that meets a goal', () => {
  it.each([
    // 1,000 req/s over 100 req/s a server at 70 %: 14.3 servers.
    ['app.instances', 'utilisation.app <= 70 %', 15, 'instance'],
    ['app.capacity', 'utilisation.app <= 70 %', 119.1, 'req/s/server'],
    ['users', 'utilisation.app <= 70 %', 840_000, 'user'],
    // 500 = 1,000 (1 - h) + 90.
    ['hit_ratio', 'utilisation.database <= 100 %', 59, '%'],
    ['hit_ratio', 'utilisation.database < 100 %', 59.01, '%'],
    ['users', 'cost.total <= $800/month', null, 'user'],
    ['app.instances', 'cost.total <= $850/month', 8, 'instance'],
    // M/M/1 at 80 req/s and 10 ms: 1 / (100 - 80) = 50 ms; 20 ms at 50 req/s (Lazowska et al. 1984, ch. 6).
    ['rate', 'mm1_response(peak, service_time) <= 20 ms', 4.32, 'req/user/day'],
    ['service_time', 'mm1_response(fixed, service_time) <= 5 ms', 3.448, 'ms'],
  ])('%s for %s', (vary, goal, value, unit) => {
    if (value === null) return expect(complaint(vary, goal)?.code).toBe('GOAL_UNREACHABLE');
    expect(solve(vary, goal)).toMatchObject({ value: expect.closeTo(value, 6), unit, alreadyMet: false });
  });

  it('carries its evidence', () => {
    expect(solve('app.instances', 'utilisation.app <= 70 %')).toEqual({
      formatVersion: 1,
      kind: 'solve',
      question: 'goal',
      plan: 'small',
      step: 1,
      goal: 'utilisation.app <= 70 %',
      for: 'app.instances',
      unit: 'instance',
      before: 12,
      value: 15,
      alreadyMet: false,
      from: null,
      to: null,
      sides: [
        {
          side: 'left',
          formula: 'utilisation.app',
          unit: '%',
          before: expect.closeTo(83.333, 2),
          after: expect.closeTo(66.667, 2),
        },
        { side: 'right', formula: '70 %', unit: '%', before: 70, after: 70 },
      ],
      iterations: expect.any(Number),
      tolerance: 0,
    });
  });

  it('is none where the goal holds already, and then says how far it may go', () => {
    const load = solve('users', 'utilisation.app <= 100 %');
    expect(load).toMatchObject({ alreadyMet: true, value: 1e6, from: null, to: 1.2e6 });
    expect(solve('app.instances', 'utilisation.app <= 100 %')).toMatchObject({ value: 12, from: 10, to: null });
  });

  it('has null for a side without a finite value before', () => {
    const [left] = solve('rate', 'mm1_response(peak, service_time) <= 20 ms').sides;
    expect(left).toMatchObject({ before: null, after: expect.closeTo(20, 1), unit: 'ms' });
  });

  it('finds the window of a goal that rises and falls', () => {
    // USL: the peak is at sqrt(0.95 / 0.0005) = 43.6 nodes with 10.7 times one node (Gunther 2007, ch. 4).
    const throughput = 'usl(nodes, 100 req/s, sigma, kappa)';
    expect(solve('nodes', `${throughput} >= 1,070 req/s`).value).toBeLessThan(44);
    expect(complaint('nodes', `${throughput} >= 2,000 req/s`)).toMatchObject({
      code: 'GOAL_UNREACHABLE',
      help: expect.stringMatching(/^at 43\.\d+, the closest, `usl\(.*\)` is still 1,07\d\.?\d* req\/s$/),
    });
  });

  it('looks where it is told to', () => {
    expect(solve('app.instances', 'utilisation.app <= 100 %', { between: '20..30' })).toMatchObject({
      value: 20,
      alreadyMet: false,
    });
    expect(solve('users', 'utilisation.app <= 70 %', { between: '100k..2M users' }).value).toBe(840_000);
  });

  it('counts what follows for the step that is asked for', () => {
    expect(solve('users', 'utilisation.cache <= 40 %', { at: 2 }).value).toBe(500_000);
  });

  it.each([
    [['app.instances', 'utilisation.app <= 0 %'], 'at 12,000,000 instances, the closest, `utilisation.app` is still'],
    [['database.instances', 'utilisation.database <= 50 %'], 'at 1 instance, the closest,'],
    [['hit_ratio', 'utilisation.app <= 50 %'], '`utilisation.app` is 83.33 % in any case'],
    [['hit_ratio', 'utilisation.database <= 10 %'], 'at 100 %, the closest, `utilisation.database` is still 18 %'],
    [['hit_ratio', 'mm1_response(peak, 1 s) <= 20 ms'], 'has no finite value in any case'],
  ] as const)('cannot be, and the closest is said: %j', ([vary, goal], help) => {
    const found = complaint(vary, goal);
    expect(found).toMatchObject({ code: 'GOAL_UNREACHABLE', path: 'goal', column: 1, length: goal.length });
    expect(found?.help).toContain(help);
  });

  it.each([
    [['usrs', 'peak < 1 req/s'], 'GOAL_UNKNOWN_NAME', '--for', 'did you mean `users`?'],
    [['app.instance', 'peak < 1 req/s'], 'GOAL_UNKNOWN_NAME', '--for', 'did you mean `app.instances`?'],
    [['cache.instances', 'peak < 1 req/s'], 'GOAL_UNKNOWN_NAME', '--for', 'use `--step` with 2'],
    [['users', 'utilisation.cache < 1'], 'GOAL_UNKNOWN_NAME', 'goal', 'use `--step` with 2'],
    [['users', 'peak < 1 req/s', { between: '5' }], 'GOAL_SYNTAX', '--between', 'write `lo..hi`'],
    [['users', 'peak < 1 req/s', { between: '5..3' }], 'GOAL_UPSIDE_DOWN', '--between', 'exchange'],
    [['users', 'peak < 1 req/s', { between: '5..x' }], 'GOAL_TYPE', '--between', 'write a number'],
    [['users', 'peak < 1 req/s', { between: '5..9 s' }], 'GOAL_DIMENSION', '--between', 'keep the unit'],
  ] as const)(
    'is not looked for when the question is wrong: %j',
    ([vary, goal, more]: readonly [string, string, { between: string }?], code, path, help) => {
      const found = complaint(vary, goal, more);
      expect(found).toMatchObject({ code, path });
      expect(found?.help).toContain(help);
    },
  );

  it('meets the goal as given to four digits, and 1 % less does not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 80 }), (percent) => {
        const { value } = solve('app.capacity', `utilisation.app <= ${percent} %`);
        const utilisation = (each: number): number => 1000 / (12 * each);
        expect(utilisation(value)).toBeLessThanOrEqual(percent / 100 + 1e-12);
        expect(utilisation(value * 0.99)).toBeGreaterThan(percent / 100);
      }),
      { numRuns: 30 },
    );
  });
});
