import { expect, test } from 'vitest';
import type { Tier } from '../../../model/topology/topology.ts';
import { planNodes, SLOTS } from './redis-nodes.ts';

const cache = (instances: number, replicas_each = 1): Tier => ({
  id: 'cache',
  kind: 'redis',
  instances,
  calls: [],
  settings: { replicas_each },
});

test('six nodes are three masters, which share all slots, with a replica each', () => {
  expect(planNodes(cache(6))).toEqual([
    { role: 'master', first_slot: 0, last_slot: 5_461 },
    { role: 'master', first_slot: 5_462, last_slot: 10_922 },
    { role: 'master', first_slot: 10_923, last_slot: SLOTS - 1 },
    { role: 'replica', master: 1 },
    { role: 'replica', master: 2 },
    { role: 'replica', master: 3 },
  ]);
});

test.each([
  [8, 1, 4],
  [9, 2, 3],
  [3, 0, 3],
])('%d nodes with %d replicas each have %d masters', (instances, replicas_each, masters) => {
  const nodes = planNodes(cache(instances, replicas_each));
  expect(nodes.filter(({ role }) => role === 'master')).toHaveLength(masters);
});

test.each([
  [2, 1],
  [4, 1],
  [7, 1],
])('%d nodes with %d replicas each are no cluster', (instances, replicas_each) => {
  expect(() => planNodes(cache(instances, replicas_each))).toThrow('no cluster');
});
