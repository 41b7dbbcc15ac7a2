import { array, assert, constantFrom, double, integer, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exactMultiClassMva } from './exact-multi-class-mva.ts';
import { schweitzer } from './schweitzer.ts';
import { schweitzerMultiClass } from './schweitzer-multi-class.ts';

const STATIONS = 3;
const classes = (customers_min: number) =>
  array(
    record({
      customers: integer({ min: customers_min, max: 15 }),
      think_s: constantFrom(0, 1, 5),
      demands_s: array(double({ min: 0.02, max: 1, noNaN: true }), { minLength: STATIONS, maxLength: STATIONS }),
    }),
    { minLength: 2, maxLength: 2 },
  );
const oneServer = Array.from({ length: STATIONS }, () => ({ servers: 1 }));

describe('throughput of two classes against exact analysis', () => {
  test.each([
    ['within a third even for single customers', 1, 1 / 3],
    ['within 15 % from five customers a class', 5, 0.15],
  ])('%s', (_, customers_min, bound) => {
    const check = property(classes(customers_min), (classes) => {
      const found = schweitzerMultiClass({ stations: oneServer, classes });
      const exact = exactMultiClassMva({ stations: oneServer, classes });
      for (const [r, { throughput_per_s }] of exact.classes.entries()) {
        expect(Math.abs((found.classes[r]?.throughput_per_s ?? NaN) / throughput_per_s - 1)).toBeLessThan(bound);
      }
    });
    expect(() => assert(check, { numRuns: 300 })).not.toThrow();
  });
});

test('one class is the single-class approximation, also with several servers and delays', () => {
  const check = property(
    classes(1),
    array(constantFrom(1, 2, 7, Infinity), { minLength: 3, maxLength: 3 }),
    (two, c) => {
      const [one] = two;
      if (!one) throw new Error('no class');
      const stations = c.map((servers) => ({ servers }));
      const found = schweitzerMultiClass({ stations, classes: [one] });
      const single = schweitzer(
        {
          stations: c.map((servers, k) => ({ visits: 1, service_s: one.demands_s[k] ?? 0, servers })),
          think_s: one.think_s,
        },
        one.customers,
      );
      expect((found.classes[0]?.throughput_per_s ?? NaN) / single.throughput_per_s).toBeCloseTo(1, 9);
      for (const [k, { customers, utilisation }] of single.stations.entries()) {
        expect(found.stations[k]?.customers).toBeCloseTo(customers, 7);
        expect(found.stations[k]?.utilisation).toBeCloseTo(utilisation, 9);
      }
    },
  );
  expect(() => assert(check)).not.toThrow();
});

test('two classes alike are one class of both', () => {
  const half = { customers: 10, think_s: 1, demands_s: [0.1, 0.05] };
  const stations = [{ servers: 1 }, { servers: 2 }];
  const two = schweitzerMultiClass({ stations, classes: [half, half] });
  const one = schweitzerMultiClass({ stations, classes: [{ ...half, customers: 20 }] });
  expect(two.classes[0]?.response_s).toBeCloseTo(one.classes[0]?.response_s ?? NaN, 9);
  expect(two.stations[0]?.customers).toBeCloseTo(one.stations[0]?.customers ?? NaN, 8);
});

test('all customers of every class are somewhere', () => {
  const check = property(classes(1), (classes) => {
    const found = schweitzerMultiClass({ stations: oneServer, classes });
    for (const [r, { throughput_per_s, response_s }] of found.classes.entries()) {
      const { customers = NaN, think_s = NaN } = classes[r] ?? {};
      expect(throughput_per_s * (response_s + think_s)).toBeCloseTo(customers, 8);
    }
  });
  expect(() => assert(check)).not.toThrow();
});

test.each([
  ['no classes', []],
  ['a class without customers', [{ customers: 0, think_s: 1, demands_s: [1, 1, 1] }]],
  ['a class that takes no time', [{ customers: 1, think_s: 0, demands_s: [0, 0, 0] }]],
  ['a demand too few', [{ customers: 1, think_s: 1, demands_s: [1, 1] }]],
  ['a negative demand', [{ customers: 1, think_s: 1, demands_s: [1, 1, -1] }]],
])('refuses %s', (_, classes) => {
  expect(() => schweitzerMultiClass({ stations: oneServer, classes })).toThrow(RangeError);
});
