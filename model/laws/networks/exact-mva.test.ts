import { array, assert, constantFrom, double, integer, oneof, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asymptoticBounds } from './asymptotic-bounds.ts';
import type { ClosedNetwork } from './closed-network.ts';
import { exactMva } from './exact-mva.ts';

const networks = record({
  stations: array(
    record({
      visits: integer({ min: 1, max: 10 }),
      service_s: double({ min: 0.001, max: 1, noNaN: true }),
      servers: oneof(constantFrom(1, Infinity), integer({ min: 2, max: 6 })),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  think_s: constantFrom(0, 0.5, 20),
});

function singleServers(visits: readonly number[], services_s: readonly number[], think_s: number): ClosedNetwork {
  const stations = visits.map((visits, k) => ({ visits, service_s: services_s[k] ?? 0, servers: 1 }));
  return { stations, think_s };
}

/** Every way in which n customers can be spread over k places. */
function spreads(n: number, k: number): number[][] {
  if (k === 1) return [[n]];
  return Array.from({ length: n + 1 }, (_, first) => spreads(n - first, k - 1).map((rest) => [first, ...rest])).flat();
}

/** Throughput and mean customers from the product-form probability of every state (Gordon and Newell 1967). */
function byEnumeration({ stations, think_s }: ClosedNetwork, population: number) {
  const places = [...stations, { visits: 1, service_s: think_s, servers: Infinity }];
  const customers = places.map(() => 0);
  let total = 0;
  let busy = 0;
  for (const state of spreads(population, places.length)) {
    let weight = 1;
    for (const [k, { visits, service_s, servers }] of places.entries()) {
      for (let i = 1; i <= (state[k] ?? 0); i++) weight *= (visits * service_s) / Math.min(i, servers);
    }
    total += weight;
    busy += weight * Math.min(state[0] ?? 0, places[0]?.servers ?? 1);
    for (const k of places.keys()) customers[k] = (customers[k] ?? 0) + weight * (state[k] ?? 0);
  }
  const { visits = 1, service_s = 1 } = places[0] ?? {};
  return { throughput_per_s: busy / total / (visits * service_s), customers: customers.map((sum) => sum / total) };
}

describe('Jain, The Art of Computer Systems Performance Analysis, 1991, 3.42', () => {
  const found = exactMva(singleServers([16, 10, 5], [0.125, 0.3, 0.2], 4), 20);

  test('throughput', () => {
    expect(found.throughput_per_s).toBeCloseTo(0.33325, 5);
  });

  test.each([
    [0, 0.373, 1.991],
    [1, 4.854, 16.177],
    [2, 0.3, 0.5],
  ])('station %i', (k, response_s, customers) => {
    expect(found.stations[k]?.response_s).toBeCloseTo(response_s, 3);
    expect(found.stations[k]?.customers).toBeCloseTo(customers, 3);
  });
});

// Bolch et al., Queueing Networks and Markov Chains, example 8.3.
test.each([
  [0, 0.198, 9.92],
  [1, 0.794, 3.968],
  [2, 0.794, 1.984],
  [3, 0.595, 0.992],
])('Bolch 8.3, station %i', (k, utilisation, throughput_per_s) => {
  const station = exactMva(singleServers([1, 0.4, 0.2, 0.1], [0.02, 0.2, 0.4, 0.6], 0), 6).stations[k];
  expect(station?.utilisation).toBeCloseTo(utilisation, 3);
  expect(station?.throughput_per_s).toBeCloseTo(throughput_per_s, 3);
});

test('agrees with the sum over all states, with any mix of servers and delays', () => {
  const check = property(networks, integer({ min: 1, max: 8 }), (network, population) => {
    const found = exactMva(network, population);
    const expected = byEnumeration(network, population);
    expect(found.throughput_per_s / expected.throughput_per_s).toBeCloseTo(1, 10);
    for (const [k, { customers }] of found.stations.entries()) {
      expect(customers).toBeCloseTo(expected.customers[k] ?? NaN, 9);
    }
  });
  expect(() => assert(check)).not.toThrow();
});

test('all customers are somewhere, and each law holds', () => {
  const check = property(networks, integer({ min: 1, max: 80 }), (network, population) => {
    const found = exactMva(network, population);
    const inside = found.stations.reduce((sum, { customers }) => sum + customers, 0);
    expect(inside + network.think_s * found.throughput_per_s).toBeCloseTo(population, 8);
    expect(found.throughput_per_s * found.response_s).toBeCloseTo(inside, 8);
    for (const [k, station] of found.stations.entries()) {
      const { visits = NaN } = network.stations[k] ?? {};
      expect(station.throughput_per_s).toBeCloseTo(visits * found.throughput_per_s, 9);
      expect(station.throughput_per_s * station.response_s).toBeCloseTo(station.customers, 8);
      expect(station.utilisation).toBeLessThanOrEqual(1 + 1e-12);
    }
  });
  expect(() => assert(check)).not.toThrow();
});

test('stays within the asymptotic bounds, and more customers never get less done', () => {
  const check = property(networks, integer({ min: 2, max: 80 }), (network, population) => {
    const found = exactMva(network, population);
    const bounds = asymptoticBounds(network, population);
    const slack = 1 + 1e-10;
    expect(found.throughput_per_s).toBeLessThanOrEqual(bounds.throughput_per_s_max * slack);
    expect(found.throughput_per_s * slack).toBeGreaterThanOrEqual(bounds.throughput_per_s_min);
    expect(found.response_s * slack).toBeGreaterThanOrEqual(bounds.response_s_min);
    expect(found.response_s).toBeLessThanOrEqual(bounds.response_s_max * slack);
    const fewer = exactMva(network, population - 1);
    expect(found.throughput_per_s * slack).toBeGreaterThanOrEqual(fewer.throughput_per_s);
    expect(found.response_s * slack).toBeGreaterThanOrEqual(fewer.response_s);
  });
  expect(() => assert(check)).not.toThrow();
});

describe('many servers near saturation, where subtracted probabilities would lose every digit', () => {
  /** Mean number at c repairmen of n machines, each failing after Z: binomial weights, in logarithms. */
  function brokenMachines(n: number, servers: number, service_s: number, think_s: number): number {
    const logWeights = [0];
    for (let j = 1; j <= n; j++) {
      const ratio = ((n - j + 1) * service_s) / (think_s * Math.min(j, servers));
      logWeights.push((logWeights[j - 1] ?? 0) + Math.log(ratio));
    }
    const top = Math.max(...logWeights);
    const weights = logWeights.map((weight) => Math.exp(weight - top));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return weights.reduce((sum, weight, j) => sum + weight * j, 0) / total;
  }

  test.each([
    [500, 64, 1, 6],
    [500, 64, 1, 7],
    [500, 64, 1, 2],
    [3000, 256, 0.1, 1],
  ])('%i machines, %i repairmen, S = %d, Z = %d', (n, servers, service_s, think_s) => {
    const found = exactMva({ stations: [{ visits: 1, service_s, servers }], think_s }, n);
    const expected = brokenMachines(n, servers, service_s, think_s);
    expect((found.stations[0]?.customers ?? NaN) / expected).toBeCloseTo(1, 9);
    expect((n - expected) / think_s / found.throughput_per_s).toBeCloseTo(1, 9);
  });

  test('two alike share the customers evenly', () => {
    const stations = [1, 1].map((visits) => ({ visits, service_s: 0.01, servers: 100 }));
    const found = exactMva({ stations, think_s: 0 }, 400);
    for (const { customers, utilisation } of found.stations) {
      expect(customers).toBeCloseTo(200, 8);
      expect(utilisation).toBeLessThan(1);
      expect(utilisation).toBeGreaterThan(0.99);
    }
  });
});

test('one customer never waits', () => {
  const stations = [1, 3, Infinity].map((servers) => ({ visits: 2, service_s: 0.1, servers }));
  expect(exactMva({ stations, think_s: 1 }, 1).response_s).toBeCloseTo(0.6, 12);
});

test('stations that nobody visits, or that take no time, are empty', () => {
  const stations = [
    { visits: 1, service_s: 0.1, servers: 1 },
    { visits: 0, service_s: 0.2, servers: 1 },
    { visits: 1, service_s: 0, servers: 4 },
  ];
  const found = exactMva({ stations, think_s: 0 }, 10);
  expect(found.stations[1]).toEqual({ throughput_per_s: 0, utilisation: 0, response_s: 0.2, residence_s: 0, customers: 0 }); // prettier-ignore
  expect(found.stations[2]).toMatchObject({ utilisation: 0, response_s: 0, customers: 0 });
  expect(found.throughput_per_s).toBeCloseTo(10, 12);
});

test('a station with several servers that is hardly ever busy still passes everybody on', () => {
  const stations = [
    { visits: 1, service_s: 1e-18, servers: 2 },
    { visits: 1, service_s: 1e8, servers: Infinity },
  ];
  const found = exactMva({ stations, think_s: 0 }, 7);
  expect(found.throughput_per_s / 7e-8).toBeCloseTo(1, 12);
  expect((found.stations[0]?.customers ?? NaN) / 7e-26).toBeCloseTo(1, 12);
});

test.each<[string, ClosedNetwork, number]>([
  ['times beyond 1e100 s', singleServers([1e60], [1e60], 0), 1],
  ['times below 1e-100 s', singleServers([1e-60], [1e-60], 1), 1],
  ['no customers', singleServers([1], [1], 0), 0],
  ['half a customer', singleServers([1], [1], 0), 1.5],
  ['nothing that takes time', singleServers([1], [0], 0), 1],
  ['a negative think time', singleServers([1], [1], -1), 1],
  ['negative visits', singleServers([-1], [1], 5), 1],
  ['no servers', { stations: [{ visits: 1, service_s: 1, servers: 0 }], think_s: 0 }, 1],
])('refuses %s', (_, network, customers) => {
  expect(() => exactMva(network, customers)).toThrow(RangeError);
});
