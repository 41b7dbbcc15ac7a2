import { describe, expect, test } from 'vitest';
import { HEALTHY, classByHand, observationByHand } from '../judge/observation-by-hand.ts';
import type { Observation } from '../observation/observation.ts';
import { readPlan } from '../plan/read-plan.ts';
import { readScenario } from '../scenario/read-scenario.ts';
import type { Topology } from '../topology/topology.ts';
import { predictRun } from './predict-run.ts';
import type { PredictedRun } from './predict-run.ts';
import { calibrationByHand } from './testing/calibration-by-hand.ts';

const plan = readPlan(
  'plan.yaml',
  `
plan: shop
assume: { load: 1_000 req/s }
requests:
  read: { share: 90 %, kind: read, method: GET, path: / }
  write: { share: 10 %, kind: write, method: PUT, path: / }
architecture:
  - step: 1
    name: start
    tiers:
      app: { kind: express, instances: 3, demand: load, capacity: 1_000 req/s/server, calls: [database] }
      database: { kind: postgres, instances: 1, demand: load, capacity: 1_000 req/s/server }
`,
);
const plain = { calls: [], settings: {} };
const topology: Topology = {
  plan: 'shop',
  step: 1,
  name: 'start',
  entry: 'app',
  tiers: [
    { ...plain, id: 'app', kind: 'express', instances: 3 },
    { ...plain, id: 'database', kind: 'postgres', instances: 1 },
  ],
};

const FAULT = { kind: 'crash', tier: 'app', instances: 1, at_s: 20, until_s: 30, factor: 1, from: null } as const;

function scenarioOf(peak: string): PredictedRun['scenario'] {
  const warmUp = '{ name: warm-up, duration: 10 s, rate: 1 req/s, judged: no }';
  const text = `scenario: peak\nplan: shop\nphases:\n  - ${warmUp}\n  - { name: peak, duration: 60 s, ${peak} }\n`;
  return readScenario('peak.yaml', text, plan, new Map([['open-loop', true]]));
}

/** A minute at 1,000 req/s of 5 ms each, with 1.5 cores of the app and 0.3 of the generator. */
const observation: Observation = observationByHand([classByHand({ class: 'read', latencies: [[5_000, 60_000]] })], {
  tiers: [{ tier: 'app', series: [5, 20, 40].map((at_s) => ({ at_s, cpu_cores: at_s < 10 ? 9 : 1.5 })) }],
  generator: { ...HEALTHY, cpu_cores: (0.3 * 60) / 70 },
});
const run = {
  plan,
  scenario: scenarioOf('rate: 1_000 req/s'),
  observation,
  topology,
  calibration: calibrationByHand(),
};

describe('what a calibration foretold of a run', () => {
  test('stands beside what its judged phases showed', () => {
    const rows = predictRun(run);
    expect(rows.map(({ phase, quantity }) => [phase, quantity])).toEqual(
      ['throughput', 'utilisation', 'utilisation of app', 'mean', 'p95'].map((quantity) => ['peak', quantity]),
    );
    const measured = Object.fromEntries(rows.map((row) => [row.quantity, row.measured]));
    expect(measured['throughput']).toBe(1000);
    expect(measured['utilisation of app']).toBeCloseTo(0.75, 9);
    expect(measured['utilisation']).toBeCloseTo(0.9, 9);
    expect(measured['mean']).toBeCloseTo(0.005, 5);
  });

  test.each<[string, Partial<PredictedRun>]>([
    ['a ramp', { scenario: scenarioOf('rate: 500 req/s, to: 1_500 req/s') }],
    ['faults', { scenario: { ...scenarioOf('rate: 1_000 req/s'), faults: [FAULT] } }],
    ['another stack', { topology: { ...topology, tiers: topology.tiers.map((tier) => ({ ...tier, instances: 2 })) } }],
    ['a stack that is not known', { topology: undefined }],
    ['requests that were not calibrated', { calibration: { ...run.calibration, classes: [] } }],
  ])('is nothing with %s', (_, change) => expect(predictRun({ ...run, ...change })).toEqual([]));
});
