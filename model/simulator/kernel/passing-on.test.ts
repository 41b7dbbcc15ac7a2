import { describe, expect, test } from 'vitest';
import { decode, percentile } from '../../observation/histogram.ts';
import type { Load, SystemFault } from '../load.ts';
import type { SimulationRun } from '../run.ts';
import type { System } from '../system.ts';
import {
  BY_HAND,
  PLAIN_CALL,
  exponential,
  deterministic,
  lookup,
  poisson,
  requestClass,
  system,
  tier,
  visit,
} from '../testing/systems.ts';
import { simulate } from './simulate.ts';

/** A fault that changes nothing; but a run that has one plans an event for every answer. */
const NO_FAULT: SystemFault = { kind: 'errors', tier: 0, instances: [0], at_s: 1, until_s: 2, factor: 0, from: null };

function shop(but: {
  readonly appConcurrency?: number;
  readonly timeout_s?: number;
  readonly callTimeout_s?: number;
}): System {
  const call = { ...PLAIN_CALL, timeout_s: but.callTimeout_s ?? Infinity };
  const tiers = [
    tier('balancer', exponential(0.002), { servers: 20, network: deterministic(0.02) }),
    tier('app', exponential(0.01), {
      instances: 3,
      servers: 4,
      discipline: 'processor-sharing',
      network: deterministic(0.001),
      concurrency: but.appConcurrency ?? Infinity,
      call,
    }),
    tier('cache', exponential(0.0001), { network: deterministic(0.005) }),
    tier('database', exponential(0.004), { servers: 8, call: { ...call, pool: 5 } }),
  ];
  const asked = visit(2, { lookup: lookup([visit(3, { times: 2.5 })], { hitRatio: 0.8 }) });
  const route = [visit(0, { nested: [visit(1, { nested: [asked] })] })];
  return system(tiers, route, { classes: [requestClass(route, { timeout_s: but.timeout_s ?? 10 })] });
}

function run(of: System, load: Load): SimulationRun {
  return simulate(of, load, { seed: 7, warmUp_s: 0, what: BY_HAND });
}

describe('answers that are passed on ahead', () => {
  test.each([
    ['with nothing to limit them', {}],
    ['with users who give up', { timeout_s: 0.15 }],
    ['with calls that time out', { callTimeout_s: 0.05 }],
    ['with room for few inside', { appConcurrency: 8 }],
  ])('come when they would have come step by step, %s', (_, but) => {
    const load = poisson(700, 60);
    const ahead = run(shop(but), load);
    const stepwise = run(shop(but), { ...load, faults: [NO_FAULT] });
    expect(ahead.events).toBeLessThan(stepwise.events);
    expect(ahead.observation.totals).toEqual(stepwise.observation.totals);
    for (const percent of [50, 95, 99, 100]) {
      const [a, b] = [ahead, stepwise].map(({ observation }) =>
        percentile(decode(observation.classes[0]?.response_us ?? ''), percent),
      );
      expect(a).toBeCloseTo(b ?? NaN, -1);
    }
    for (const [index, station] of ahead.stations.entries()) {
      const other = stepwise.stations[index];
      expect(station.residence_s / (other?.residence_s ?? NaN)).toBeCloseTo(1, 4);
      expect(station.utilisation).toBeCloseTo(other?.utilisation ?? NaN, 4);
    }
  });
});
