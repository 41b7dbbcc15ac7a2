import { describe, expect, it } from 'vitest';
import { readPlan } from '../../model/plan/read-plan.ts';
import { readScenario } from '../../model/scenario/read-scenario.ts';
import { runIdentity } from './run-identity.ts';
import type { Conditions } from './run-identity.ts';

const PLAN = `
plan: mine
documents: { d: The design }
assume: { load: 10 req/s }
requests: { search: { share: 100 %, kind: read, method: GET, path: / } }
architecture:
  - { step: 1, name: one, tiers: { app: { kind: express, instances: 1, demand: load, capacity: 99 req/s } } }
  - { step: 2, name: two, tiers: { cache: { kind: redis, instances: 1, demand: load, capacity: 99 req/s } } }
`;
const SCENARIO =
  '{ scenario: s, phases: [{ name: all, duration: 1 s, rate: load }], settings: { app: { queue: none } } }';
const CONDITIONS: Conditions = { scale: 1, seed: 1, products: 1, users: 1, environment: { cores: '2' } };

function identity({ plan: text = PLAN, scenario = SCENARIO, step = 1, conditions = CONDITIONS } = {}): string {
  const plan = readPlan('plan.yaml', text);
  const read = readScenario('scenario.yaml', scenario, plan, new Map([['open-loop', true]]));
  return runIdentity({ plan, scenario: read, step }, conditions);
}

describe('the identity of a run', () => {
  it('is the same for the same run, whatever documents claim', () => {
    expect(identity()).toBe(identity());
    expect(identity({ plan: `${PLAN}claims: { c: { document: d, section: s, says: 3 } }\n` })).toBe(identity());
  });

  it.each([
    ['plan', { plan: PLAN.replace('10 req/s', '11 req/s') }],
    ['instances', { plan: PLAN.replace('instances: 1', 'instances: 2') }],
    ['request', { plan: PLAN.replace('path: /', 'path: /other') }],
    ['step', { step: 2 }],
    ['scenario', { scenario: SCENARIO.replace('1 s', '2 s') }],
    ['setting', { scenario: SCENARIO.replace('none', 'redis') }],
    ['share of the load', { conditions: { ...CONDITIONS, scale: 0.5 } }],
    ['seed', { conditions: { ...CONDITIONS, seed: 2 } }],
    ['machine', { conditions: { ...CONDITIONS, environment: { cores: '4' } } }],
  ])('is another for another %s', (_, change) => expect(identity(change)).not.toBe(identity()));
});
