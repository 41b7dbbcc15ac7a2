import { expect, test } from 'vitest';
import { decode, mean } from '../observation/histogram.ts';
import { simulate } from '../simulator/kernel/simulate.ts';
import { BY_HAND } from '../simulator/testing/systems.ts';
import { machineSystem } from './machine-system.ts';
import { predictorOf } from './predict.ts';
import { CORES, MIX, WORK_S, calibrationByHand } from './testing/calibration-by-hand.ts';

const plan = {
  name: 'shop',
  requests: [...MIX].map(([name, share]) => ({
    name,
    share,
    kind: 'read' as const,
    method: 'GET' as const,
    path: '/',
    headers: {},
    accept: [200],
    timeout_s: 10,
  })),
};

test.each([400, 1000, 1500])('a simulated machine at %d/s is as the formulas have it', (rate_per_s) => {
  const calibration = calibrationByHand();
  const system = machineSystem({ plan, calibration, mix: MIX, rate_per_s });
  const duration_s = 600;
  const phase = {
    name: 'steady',
    judged: true,
    duration_s,
    pieces: [{ duration_s, rate_per_s, rate_end_per_s: rate_per_s }],
    closed: null,
    target: null,
  };
  const load = { process: { kind: 'poisson' as const }, phases: [phase], faults: [] };
  const { observation, stations } = simulate(system, load, { seed: 1, warmUp_s: 0, what: BY_HAND });
  const predicted = predictorOf(calibration, MIX).predict(MIX, rate_per_s);
  const machine = stations.find(({ tier }) => tier === 'machine');
  expect((machine?.utilisation ?? 0) / ((rate_per_s * WORK_S) / CORES)).toBeCloseTo(1, 1);
  const sums = observation.classes.map(({ ok, response_us }) => ({ ok, total_us: ok * mean(decode(response_us)) }));
  const requests = sums.reduce((sum, { ok }) => sum + ok, 0);
  const mean_s = sums.reduce((sum, { total_us }) => sum + total_us, 0) / requests / 1e6;
  // The formula for the wait of M/G/2 is an approximation.
  expect(Math.abs(mean_s / (predicted.mean_s ?? 0) - 1)).toBeLessThan(0.1);
});

test('a class that was not calibrated is no part of a machine', () => {
  const mix = new Map([['image', 1]]);
  expect(() => machineSystem({ plan, calibration: calibrationByHand(), mix, rate_per_s: 1 })).toThrow('`image`');
});
