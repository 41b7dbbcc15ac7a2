import { describe, expect, it } from 'vitest';
import { mm1 } from '../../model/laws/queueing/mm1.ts';
import type { System } from '../../model/simulator/system.ts';
import {
  deterministic,
  exponential,
  poisson,
  requestClass,
  tier,
  visit,
} from '../../model/simulator/testing/systems.ts';
import { counted, deviation, responses, run } from './figures.ts';

const LAG_S = 0.2;

/** Half of the requests write, half read one of `keys` objects, all equally popular. */
function replicated(keys: number, synchronous: number): System {
  const none = { strategy: 'none' } as const;
  return {
    classes: [
      requestClass([visit(0, { operation: 'write' })], { name: 'write', share: 0.5, keys: 0 }),
      requestClass([visit(1)], { name: 'read', share: 0.5, keys: 0 }),
    ],
    messages: [],
    tiers: [
      tier('primary', deterministic(1e-4), { kind: 'postgres' }),
      tier('replicas', deterministic(1e-4), {
        kind: 'postgres',
        instances: 2,
        replication: { primary: 0, lag: exponential(LAG_S), readYourWrites: none, synchronous },
      }),
    ],
    keySpaces: [{ name: 'objects', count: keys, exponent: 0 }],
  };
}

describe('reads of a replica', () => {
  // The last write of an object is exponentially long ago, and so is what the replica has seen: the sooner of two such times.
  it.each([1, 10, 100])('of one of %i objects are stale as often as two exponential times say', (keys) => {
    const found = run(replicated(keys, 0), poisson(1000, 200), 1, 10);
    const writes_per_s = 500 / keys;
    const stale = counted(found, 'replicas.stale_reads') / counted(found, 'replicas.reads');
    expect(deviation(stale, writes_per_s / (writes_per_s + 1 / LAG_S))).toBeLessThan(0.02);
  });
});

it('a write that waits for a replica takes one lag longer', () => {
  const system = replicated(10, 1);
  const [write] = system.classes;
  const writesOnly = { ...system, classes: write === undefined ? [] : [{ ...write, share: 1 }] };
  expect(deviation(responses(run(writesOnly, poisson(100, 500))).mean_s, LAG_S + 1e-4)).toBeLessThan(0.02);
});

it('a stream that is split at random leaves a queue of its own at each instance', () => {
  const app = tier('app', exponential(0.01), { instances: 5, balance: 'random' });
  const system = { classes: [requestClass([visit(0)])], messages: [], tiers: [app], keySpaces: [] };
  const found = run(system, poisson(400, 2000), 1, 20);
  expect(deviation(responses(found).mean_s, mm1(80, 0.01).response_s)).toBeLessThan(0.02);
});
