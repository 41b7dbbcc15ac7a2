import { describe, expect, it } from 'vitest';
import { readPlan } from '../model/plan/read-plan.ts';
import { readScenario } from '../model/scenario/read-scenario.ts';
import { localTopology } from '../model/topology/topology-of.ts';
import { lackingFor, topologyFor } from './stack-for.ts';

const plan = readPlan(
  'plan.yaml',
  `
plan: mine
assume: { load: 10 req/s }
requests: { search: { share: 100 %, kind: read, method: GET, path: / } }
architecture:
  - step: 1
    name: one
    tiers:
      app: { kind: express, instances: 2, demand: load, capacity: 9 req/s, calls: [cache] }
      cache: { kind: redis, instances: 6, demand: load, capacity: 9 req/s }
`,
);
const scenario = readScenario(
  'scenario.yaml',
  `
scenario: away
settings: { cache: { instances: 1 } }
phases: [{ name: all, duration: 9 s, rate: 1 req/s }]
faults: [{ fault: partition, tier: cache, from: app, at: 1 s, for: 1 s }]
`,
  plan,
  new Map([['open-loop', true]]),
);
const [step] = plan.steps;
if (!step) throw new Error('no step');

describe('the stack for a scenario', () => {
  it('has its settings and the links that its faults are about, and lacks nothing', () => {
    const topology = topologyFor(plan, step, scenario);
    expect(topology.links).toEqual([{ from: 'app', to: 'cache' }]);
    expect(topology.tiers.find(({ id }) => id === 'cache')?.instances).toBe(1);
    expect(lackingFor(topology, scenario)).toEqual([]);
  });

  it('is not that of the plan alone', () => {
    expect(lackingFor(localTopology(plan, step), scenario)).toEqual([
      '`cache.instances` is 6, not 1',
      'there is no link from `app` to `cache` to disturb',
    ]);
  });
});
