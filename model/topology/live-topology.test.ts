import { describe, expect, it } from 'vitest';
import { readPlan } from '../plan/read-plan.ts';
import { differences, liveTopology } from './live-topology.ts';
import { localTopology } from './topology-of.ts';

const plan = readPlan(
  'plan.yaml',
  `
plan: mine
assume: { load: 10 req/s }
architecture:
  - step: 1
    name: one
    tiers:
      app: { kind: express, instances: 2, demand: load, capacity: 9 req/s, calls: [cache] }
      cache: { kind: redis, instances: 6, demand: load, capacity: 9 req/s, settings: { policy: lru, memory: 1 } }
`,
);
const [step] = plan.steps;
if (!step) throw new Error('no step');
const settings = new Map([['cache', { instances: 1, policy: 'lfu' }]]);

describe('liveTopology', () => {
  it("puts a scenario's settings on top of the plan's", () => {
    const { tiers } = liveTopology(plan, step, { settings });
    expect(tiers.find(({ id }) => id === 'cache')).toMatchObject({
      instances: 1,
      settings: { policy: 'lfu', memory: 1 },
    });
    expect(tiers.find(({ id }) => id === 'app')).toMatchObject({ instances: 2 });
  });
});

describe('differences', () => {
  it('are none in the topology that was made for the scenario', () => {
    expect(differences(liveTopology(plan, step, { settings }), settings)).toEqual([]);
  });

  it('name what a stack has and what the scenario wants, instances included', () => {
    expect(differences(localTopology(plan, step), settings)).toEqual([
      { tier: 'cache', setting: 'instances', is: 6, wanted: 1 },
      { tier: 'cache', setting: 'policy', is: 'lru', wanted: 'lfu' },
    ]);
  });

  it('do not look at what the scenario leaves open', () => {
    expect(differences(liveTopology(plan, step, { settings }), new Map())).toEqual([]);
  });
});
