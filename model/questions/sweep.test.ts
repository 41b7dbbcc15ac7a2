import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../document/diagnostic.ts';
import { readPlan } from '../plan/read-plan.ts';
import { variableOf } from './solve-variable.ts';
import { readBound } from './sweep-bound.ts';
import { sweepPoints } from './sweep-points.ts';
import { sweep } from './sweep.ts';
import type { Sweep } from './sweep.ts';

const plan = readPlan(
  'queue.yaml',
  `
plan: queue
assume:
  users: 1000 users
  arrivals.per_user: 0.05 req/s/user
  service: 10 ms
derive:
  arrivals: users * arrivals.per_user
  response: { formula: 'mm1_response(arrivals, service)', unit: ms }
  promise: response * 2
  inverse: 1 / (users - 1500 users)
architecture:
  - step: 1
    name: one
    tiers:
      app: { kind: express, instances: 1, demand: arrivals, capacity: 100 req/s, price: $100/month }
      load-balancer: { kind: nginx, instances: 2, demand: arrivals, capacity: 1000 req/s }
`,
);
const [step] = plan.steps;

function sweepOf(
  name: string,
  from: number,
  to: number,
  options: { points?: number; log?: boolean; show?: string[] } = {},
): Sweep {
  const { points = 5, log = false, show = [] } = options;
  return sweep(plan, { variable: variableOf(plan, step, name), from, to, points, log, show, step });
}

describe('sweep', () => {
  it('reads the utilisation of every tier, and finds where one saturates', () => {
    const { points, outputs, variable } = sweepOf('users', 1000, 3000);
    expect(variable).toEqual({ name: 'users', unit: 'user', present: 1000, scale: 'linear' });
    expect(points).toEqual([1000, 1500, 2000, 2500, 3000]);
    expect(outputs).toMatchObject([
      { name: 'app', unit: '%', present: 50, values: [50, 75, 100, 125, 150], saturations: [{ change: 'saturates' }] },
      { name: 'load-balancer', values: [2.5, 3.75, 5, 6.25, 7.5], saturations: [] },
    ]);
    expect(outputs[0]?.saturations?.[0]?.at).toBe(2001);
  });

  it('goes on where a queue never drains, and says why', () => {
    // M/M/1: R = S / (1 - ρ), here 10 ms / (1 - users / 2000).
    const [response, promise] = sweepOf('users', 1000, 3000, { show: ['response', 'promise'] }).outputs;
    expect(response?.values).toEqual([20, 40, 'unstable', 'unstable', 'unstable']);
    expect(response?.missing).toMatchObject({ at: 2000, problem: 'UNSTABLE' });
    expect(promise?.values).toEqual([0.04, 0.08, 'unstable', 'unstable', 'unstable']);
    expect(promise?.missing).toMatchObject({ at: 2000, quantity: 'response' });
  });

  it('tells a division by zero from a queue', () => {
    const [inverse] = sweepOf('users', 1000, 2000, { points: 3, show: ['inverse'] }).outputs;
    expect(inverse?.values).toEqual([-0.002, 'undefined', 0.002]);
    expect(inverse?.missing).toMatchObject({ at: 1500, message: 'this divides by zero' });
  });

  it('varies instances in whole numbers, to the first that keeps up', () => {
    const wide = sweep(plan, {
      variable: variableOf(plan, step, 'app.capacity'),
      from: 10,
      to: 100,
      points: 4,
      log: false,
      show: ['app'],
      step,
    });
    expect(wide.outputs[0]?.saturations).toEqual([{ at: 50, change: 'keeps up' }]);
    const { points, outputs } = sweepOf('load-balancer.instances', 1, 4, {
      points: 21,
      show: ['utilisation.load-balancer', 'cost.total'],
    });
    expect(points).toEqual([1, 2, 3, 4]);
    expect(outputs[0]).toMatchObject({ name: 'load-balancer', values: [5, 2.5, expect.closeTo(5 / 3), 1.25] });
    expect(outputs[1]).toMatchObject({ name: 'cost.total', unit: 'USD/month', values: [100, 100, 100, 100] });
  });

  it('says that a derived quantity is passed over', () => {
    const { variable, outputs } = sweepOf('arrivals', 50, 150, { points: 3, show: ['app', 'app'] });
    expect(variable.overrides).toBe('users * arrivals.per_user');
    expect(outputs).toMatchObject([{ name: 'app', values: [50, 100, 150], saturations: [{ at: 100 }] }]);
  });

  it('has no NaN and no Infinity anywhere, and a crossing where one belongs', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: 1, max: 5000 }),
        fc.boolean(),
        (from, length, log) => {
          const result = sweepOf('users', from, from + length, {
            points: 9,
            log,
            show: ['response', 'inverse', 'app'],
          });
          const numbers = result.outputs.flatMap(({ values }) => values.filter((value) => typeof value === 'number'));
          expect(numbers.every(Number.isFinite)).toBe(true);
          const crosses = from <= 2000 && from + length > 2000;
          expect(result.outputs[2]?.saturations).toEqual(crosses ? [{ at: 2001, change: 'saturates' }] : []);
        },
      ),
    );
  });

  it('takes only what can be shown', () => {
    expect(() => sweepOf('users', 1, 2, { show: ['nothing'] })).toThrow(RangeError);
  });
});

describe('the points', () => {
  it.each([
    [{ from: 0, to: 1, points: 5, log: false, whole: false }, [0, 0.25, 0.5, 0.75, 1]],
    [{ from: 0.1, to: 0.3, points: 3, log: false, whole: false }, [0.1, 0.2, 0.3]],
    [{ from: 1, to: 1000, points: 4, log: true, whole: false }, [1, 10, 100, 1000]],
    [{ from: 1, to: 8, points: 4, log: true, whole: true }, [1, 2, 4, 8]],
    [{ from: 1, to: 3, points: 21, log: false, whole: true }, [1, 2, 3]],
    [{ from: -5, to: 5, points: 2, log: false, whole: false }, [-5, 5]],
  ])('%j', (range, points) => expect(sweepPoints(range)).toEqual(points));

  it.each([
    { from: 2, to: 2, points: 3, log: false, whole: false },
    { from: 0, to: 2, points: 3, log: true, whole: false },
    { from: 1, to: 2, points: 1, log: false, whole: false },
    { from: Number.NaN, to: 2, points: 3, log: false, whole: false },
  ])('not %j', (range) => expect(() => sweepPoints(range)).toThrow(RangeError));
});

describe('the ends', () => {
  const users = variableOf(plan, step, 'users');

  it.each([
    ['2M', 2e6],
    ['2,000 users', 2000],
    ['0.5', 0.5],
  ])('%s', (text, value) => expect(readBound('--from', text, users, plan.units)).toBe(value));

  it.each([
    ['many', 'SET_TYPE'],
    ['5 parsecs', 'SET_UNIT'],
    ['5 ms', 'SET_DIMENSION'],
  ])('not %s', (text, code) => {
    const read = (): number => readBound('--to', text, users, plan.units);
    expect(read).toThrow(InvalidInput);
    expect(read).toThrow(
      expect.objectContaining({ source: text, diagnostics: [expect.objectContaining({ code, path: '--to' })] }),
    );
  });
});
