import { array, assert, constantFrom, double, integer, oneof, property, record } from 'fast-check';
import { expect, test } from 'vitest';
import { exactMultiClassMva } from './exact-multi-class-mva.ts';
import { exactMva } from './exact-mva.ts';
import type { CustomerClass, MultiClassNetwork } from './multi-class-network.ts';

const demand = oneof(constantFrom(0), double({ min: 1e-6, max: 1, noNaN: true }));
const demands = array(demand, { minLength: 3, maxLength: 3 });
const customerClass = record({
  customers: integer({ min: 1, max: 6 }),
  think_s: constantFrom(0.1, 1, 5),
  demands_s: demands,
});
const servers = array(constantFrom(1, Infinity), { minLength: 3, maxLength: 3 });

/** Mean customers of two classes at each station, from the product-form probability of every state (BCMP 1975). */
function byEnumeration({ stations, classes }: MultiClassNetwork): number[] {
  const [a, b] = classes;
  if (!a || !b) throw new Error('two classes');
  const places = [...stations, { servers: Infinity }];
  const sums = places.map(() => 0);
  let total = 0;
  for (const stateA of spreads(a.customers, places.length)) {
    for (const stateB of spreads(b.customers, places.length)) {
      const weight = places.reduce((product, { servers }, k) => {
        const i = stateA[k] ?? 0;
        const j = stateB[k] ?? 0;
        const orders = servers === Infinity ? 1 : factorial(i + j);
        const work = timeAt(a, k) ** i * timeAt(b, k) ** j;
        return (product * orders * work) / (factorial(i) * factorial(j));
      }, 1);
      total += weight;
      for (const k of places.keys()) sums[k] = (sums[k] ?? 0) + weight * ((stateA[k] ?? 0) + (stateB[k] ?? 0));
    }
  }
  return sums.map((sum) => sum / total);
}

/** Demand at a station, or the think time behind the last. */
function timeAt({ demands_s, think_s }: CustomerClass, k: number): number {
  return demands_s[k] ?? think_s;
}

function spreads(n: number, k: number): number[][] {
  if (k === 1) return [[n]];
  return Array.from({ length: n + 1 }, (_, first) => spreads(n - first, k - 1).map((rest) => [first, ...rest])).flat();
}

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1);
}

test('agrees with the sum over all states', () => {
  const few = integer({ min: 1, max: 3 });
  const check = property(customerClass, customerClass, few, few, servers, (a, b, customersA, customersB, c) => {
    const network = {
      stations: c.map((servers) => ({ servers })),
      classes: [
        { ...a, customers: customersA },
        { ...b, customers: customersB },
      ],
    };
    const expected = byEnumeration(network);
    for (const [k, { customers }] of exactMultiClassMva(network).stations.entries()) {
      expect(customers).toBeCloseTo(expected[k] ?? NaN, 9);
    }
  });
  expect(() => assert(check)).not.toThrow();
});

test('one class is the single-class analysis', () => {
  const check = property(customerClass, servers, (one, c) => {
    const found = exactMultiClassMva({ stations: c.map((servers) => ({ servers })), classes: [one] });
    const stations = c.map((servers, k) => ({ visits: 1, service_s: one.demands_s[k] ?? 0, servers }));
    const single = exactMva({ stations, think_s: one.think_s }, one.customers);
    expect(found.classes[0]?.throughput_per_s).toBeCloseTo(single.throughput_per_s, 10);
    expect(found.classes[0]?.response_s).toBeCloseTo(single.response_s, 10);
    for (const [k, { customers, utilisation }] of single.stations.entries()) {
      expect(found.stations[k]?.customers).toBeCloseTo(customers, 10);
      expect(found.stations[k]?.utilisation).toBeCloseTo(utilisation, 10);
    }
  });
  expect(() => assert(check)).not.toThrow();
});

test('all customers of every class are somewhere', () => {
  const check = property(array(customerClass, { minLength: 1, maxLength: 3 }), servers, (classes, c) => {
    const found = exactMultiClassMva({ stations: c.map((servers) => ({ servers })), classes });
    const atStations = found.stations.reduce((sum, { customers }) => sum + customers, 0);
    let thinking = 0;
    let population = 0;
    for (const [r, { throughput_per_s, response_s }] of found.classes.entries()) {
      const { customers = NaN, think_s = NaN } = classes[r] ?? {};
      expect(throughput_per_s * (response_s + think_s)).toBeCloseTo(customers, 9);
      thinking += throughput_per_s * think_s;
      population += customers;
    }
    expect(atStations + thinking).toBeCloseTo(population, 9);
  });
  expect(() => assert(check)).not.toThrow();
});

test.each<[string, MultiClassNetwork, string]>([
  [
    'several servers',
    { stations: [{ servers: 2 }], classes: [{ customers: 1, think_s: 0, demands_s: [1] }] },
    'one server or a delay',
  ],
  [
    'more mixes than fit',
    {
      stations: [{ servers: 1 }],
      classes: Array.from({ length: 3 }, () => ({ customers: 200, think_s: 0, demands_s: [1] })),
    },
    '8120601 numbers',
  ],
])('refuses %s', (_, network, message) => {
  expect(() => exactMultiClassMva(network)).toThrow(RangeError);
  expect(() => exactMultiClassMva(network)).toThrow(message);
});
