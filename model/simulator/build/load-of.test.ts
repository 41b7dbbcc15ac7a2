import { describe, expect, it } from 'vitest';
import { readPlan } from '../../plan/read-plan.ts';
import { readScenario } from '../../scenario/read-scenario.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import type { System } from '../system.ts';
import { exponential, tier } from '../testing/systems.ts';
import { loadOf } from './load-of.ts';

const PLAN = readPlan(
  'plan.yaml',
  `
plan: mine
architecture:
  - step: 1
    name: start
    tiers:
      app: { kind: express, instances: 3, demand: 1 req/s, capacity: 1_000 req/s/server, calls: [db] }
      db: { kind: postgres, instances: 1, demand: 1 req/s, capacity: 1_000 req/s/server }
`,
);
const ENGINES = new Map([
  ['open-loop', true],
  ['autocannon', false],
]);

/** Tiers in another order than the plan's, to see that names are followed. */
function systemWith(instances: Readonly<Record<string, number>>): System {
  const tiers = Object.entries(instances).map(([id, count]) => tier(id, exponential(0.001), { instances: count }));
  return { classes: [], messages: [], keySpaces: [], tiers };
}
const SYSTEM = systemWith({ db: 1, app: 3 });

const scenario = (rest: string, phase = 'rate: 10 req/s, to: 20 req/s'): Scenario =>
  readScenario('s.yaml', `{ scenario: s, phases: [{ name: p, duration: 60 s, ${phase} }], ${rest} }`, PLAN, ENGINES);

describe('loadOf', () => {
  it('multiplies rates, and finds tiers by name', () => {
    const { phases, process } = loadOf(
      scenario('arrivals: uniform', 'rate: 10 req/s, to: 20 req/s, target: app'),
      SYSTEM,
      10,
    );
    expect(process).toEqual({ kind: 'uniform' });
    expect(phases).toEqual([
      {
        name: 'p',
        judged: true,
        duration_s: 60,
        pieces: [{ duration_s: 60, rate_per_s: 100, rate_end_per_s: 200 }],
        closed: null,
        target: 1,
      },
    ]);
  });

  it('leaves users of a closed loop as they are', () => {
    const { phases } = loadOf(scenario('engine: autocannon', 'users: 50, think: 1 s'), SYSTEM, 10);
    expect(phases[0]).toMatchObject({ pieces: [], closed: { users: 50, think_s: 1 }, target: null });
  });

  it('turns faults into those of the system', () => {
    const items = `{ fault: crash, tier: app, instances: 2, at: 5 s, for: 10 s }, { fault: slow, tier: app, factor: 3, instances: all, at: 1 s },
      { fault: partition, tier: db, from: app, at: 2 s }`;
    expect(loadOf(scenario(`faults: [${items}]`), SYSTEM, 1).faults).toEqual([
      { kind: 'crash', tier: 1, instances: [0, 1], at_s: 5, until_s: 15, factor: 1, from: null },
      { kind: 'slow', tier: 1, instances: [0, 1, 2], at_s: 1, until_s: Infinity, factor: 3, from: null },
      { kind: 'partition', tier: 0, instances: [0], at_s: 2, until_s: Infinity, factor: 1, from: 1 },
    ]);
  });

  it.each([
    ['a tier that is not there', systemWith({ app: 3 }), 1, 'the system has no tier db'],
    ['more instances than there are', systemWith({ db: 1, app: 1 }), 1, 'tier app has 1 instances, not 2'],
    ['no scale', SYSTEM, 0, 'a scale lies above 0, not at 0'],
  ])('refuses %s', (_, system, scale, message) => {
    const items = `{ fault: crash, tier: app, instances: 2, at: 5 s }, { fault: crash, tier: db, at: 5 s }`;
    expect(() => loadOf(scenario(`faults: [${items}]`), system, scale)).toThrow(new RangeError(message));
  });
});
