import { describe, expect, test } from 'vitest';
import type { ObservedWrites, TierSample } from '../observation/observation.ts';
import type { RunSetting } from '../setting/run-setting.ts';
import { parseCriterion, isCriterionProblem } from './criterion.ts';
import { judge } from './judge.ts';
import { SIMULATOR_CLAIMS } from './claims.ts';
import { measure } from './measure.ts';
import { classByHand, observationByHand } from './observation-by-hand.ts';
import type { Observation } from '../observation/observation.ts';

const CLASSES = [classByHand({ latencies: [[1000, 6000]] })];
const SETTING: RunSetting = {
  name: 'one',
  entry: 'app',
  tiers: [
    { id: 'app', kind: 'express', instances: 2, cores_each: 1 },
    { id: 'database', kind: 'postgres', instances: 1 },
  ],
  edges: [],
  cost: { total_usd_per_month: 2_190, items: [{ id: 'app', usd_per_month: 2_190 }], unpriced: ['database'] },
};

function withTier(tier: string, sample: Omit<TierSample, 'at_s'>): Observation {
  const series = Array.from({ length: 70 }, (_, at_s) => ({ at_s, ...sample }));
  return observationByHand(CLASSES, { tiers: [{ tier, series }] });
}

function verdict(observation: Observation, text: string, setting?: RunSetting) {
  const criterion = parseCriterion(text);
  if (isCriterionProblem(criterion)) throw new Error(criterion.message);
  return judge(observation, [criterion], SIMULATOR_CLAIMS, setting).verdicts[0];
}

describe('utilisation', () => {
  const metric = { kind: 'utilisation', tier: 'app' } as const;

  test('is what the executor says of it', () => {
    expect(measure(withTier('app', { utilisation: 0.6, cpu_cores: 9 }), metric)).toMatchObject({
      value: expect.closeTo(0.6, 9),
      unit: 'share',
    });
  });

  test('is else the share of the cores that its instances can use', () => {
    const busy = withTier('app', { cpu_cores: 1.5 });
    expect(measure(busy, metric, undefined, SETTING)).toMatchObject({ value: 0.75, samples: 60 });
    expect(verdict(busy, 'utilisation(app) < 70 %', SETTING)).toMatchObject({ status: 'FAIL' });
  });

  test('counts the instances that there were', () => {
    expect(measure(withTier('app', { cpu_cores: 1.5, instances: 3 }), metric, undefined, SETTING)).toMatchObject({
      value: 0.5,
    });
  });

  test('is unknown where the machine alone limits an instance', () => {
    const found = verdict(withTier('database', { cpu_cores: 1 }), 'utilisation(database) < 70 %', SETTING);
    expect(found).toMatchObject({ status: 'NO_DATA', help: 'judge `cpu(database)`, in cores' });
  });
});

describe('cost', () => {
  const run = observationByHand(CLASSES);

  test('is what the plan says of the step, a month having 730 hours', () => {
    expect(verdict(run, 'cost < $2,000/month', SETTING)).toMatchObject({
      status: 'FAIL',
      because: 'cost is 2,190 $/month, not below 2,000 $/month',
    });
    expect(verdict(run, 'cost < 4 USD/h', SETTING)).toMatchObject({ status: 'PASS' });
  });

  test('is unknown where nothing has a price', () => {
    expect(verdict(run, 'cost < $2,000/month')).toMatchObject({ status: 'NO_DATA' });
  });
});

describe('lost', () => {
  const writes: ObservedWrites = {
    acknowledged: 100,
    failed: 0,
    indeterminate: 0,
    lost: 2,
    recovered: 0,
    unexpected: 0,
    duplicated: 0,
    unread: 0,
    examples: {},
  };

  test('is what was acknowledged and is not there', () => {
    const found = verdict(observationByHand(CLASSES, { writes }), 'lost(writes) <= 0');
    expect(found).toMatchObject({ status: 'FAIL', measurement: { value: 2, samples: 100 } });
  });

  test('is unknown where nobody looked, or for one phase', () => {
    expect(verdict(observationByHand(CLASSES), 'lost(writes) <= 0')).toMatchObject({
      status: 'NO_DATA',
      help: 'add `checks: [writes]`',
    });
    expect(verdict(observationByHand(CLASSES, { writes }), 'lost(writes) <= 0 in peak')).toMatchObject({
      status: 'NO_DATA',
    });
  });

  test('of effects comes from their check', () => {
    const counters = { 'effects.missing': 0, 'effects.expected': 40 };
    expect(verdict(observationByHand(CLASSES, { counters }), 'lost(effects) <= 0')).toMatchObject({ status: 'PASS' });
  });
});

test('memory is judged by its value', () => {
  const sample = { memory_bytes: 200e6, instances: 2 };
  expect(verdict(withTier('app', sample), 'memory(app) < 150 MB')).toMatchObject({ status: 'PASS' });
  expect(verdict(withTier('app', sample), 'memory(app) < 90 MB')).toMatchObject({ status: 'FAIL' });
});
