import { array, assert, integer, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Values } from '../../plan/compute.ts';
import { readPlan } from '../../plan/read-plan.ts';
import type { Route } from '../system.ts';
import { defaultRoute } from './default-route.ts';

/** Any tiers: of each its demand, and which later ones it calls. */
const tiers = array(tuple(integer({ min: 1, max: 1000 }), array(integer({ min: 1, max: 7 }), { maxLength: 4 })), {
  minLength: 1,
  maxLength: 8,
});

function routeFor(planned: readonly (readonly [number, readonly number[]])[]): Route {
  const lines = planned.map(([demand, steps], i) => {
    const called = [...new Set(steps.map((step) => i + step))].filter((next) => next < planned.length);
    const calls = called.map((next) => `t${next}`).join(', ');
    return `      t${i}: { kind: express, instances: 1, calls: [${calls}], demand: ${demand} req/s, capacity: 9 req/s }`;
  });
  const plan = readPlan('p', `plan: p\narchitecture:\n  - step: 1\n    name: s\n    tiers:\n${lines.join('\n')}\n`);
  const [step] = plan.steps;
  if (!step) throw new Error('no step');
  const index = new Map(step.tiers.map(({ id }, i) => [id, i]));
  return defaultRoute(step, index, new Values(plan.quantities)).route;
}

function visitsIn(route: Route, each = 1): [number, number][] {
  return route.flatMap(({ tier, times, nested }) => [[tier, each * times], ...visitsIn(nested, each * times)]);
}

describe('a route along `calls`', () => {
  it('comes to each tier that can be reached once, with as many visits a request as its demand says', () => {
    assert(
      property(tiers, (planned) => {
        const visits = visitsIn(routeFor(planned));
        expect(new Set(visits.map(([tier]) => tier)).size).toBe(visits.length);
        for (const [tier, count] of visits)
          expect(count).toBeCloseTo((planned[tier]?.[0] ?? 0) / (planned[0]?.[0] ?? 1), 9);
      }),
      { numRuns: 50 },
    );
  });

  it('goes deep before it goes on', () => {
    const route = routeFor([
      [10, [1, 3]],
      [20, [1]],
      [5, [1]],
      [5, []],
    ]);
    expect(route).toMatchObject([
      { tier: 0, times: 1, nested: [{ tier: 1, times: 2, nested: [{ tier: 2, times: 0.25, nested: [{ tier: 3 }] }] }] },
    ]);
  });
});
