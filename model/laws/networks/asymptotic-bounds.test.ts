import { expect, test } from 'vitest';
import { asymptoticBounds } from './asymptotic-bounds.ts';
import type { ClosedNetwork } from './closed-network.ts';

/** Demands 2, 3 and 1 s, Z = 4 s: D = 6, Dmax = 3, N* = 10 / 3. */
const network: ClosedNetwork = {
  stations: [
    { visits: 16, service_s: 0.125, servers: 1 },
    { visits: 10, service_s: 0.3, servers: 1 },
    { visits: 5, service_s: 0.2, servers: 1 },
  ],
  think_s: 4,
};

test.each([
  [1, 1 / 10, 1 / 10, 6, 6],
  [3, 3 / 22, 3 / 10, 6, 18],
  [20, 20 / 124, 1 / 3, 56, 120],
])('%i customers', (customers, xMin, xMax, rMin, rMax) => {
  const bounds = asymptoticBounds(network, customers);
  expect(bounds.throughput_per_s_min).toBeCloseTo(xMin, 12);
  expect(bounds.throughput_per_s_max).toBeCloseTo(xMax, 12);
  expect(bounds.response_s_min).toBeCloseTo(rMin, 12);
  expect(bounds.response_s_max).toBeCloseTo(rMax, 12);
  expect(bounds.saturation_customers).toBeCloseTo(10 / 3, 12);
  expect(bounds.bottleneck).toBe(1);
});

test('two servers at the bottleneck move it', () => {
  const stations = network.stations.map((station, k) => (k === 1 ? { ...station, servers: 2 } : station));
  const bounds = asymptoticBounds({ ...network, stations }, 20);
  expect(bounds.bottleneck).toBe(0);
  expect(bounds.throughput_per_s_max).toBeCloseTo(1 / 2, 12);
});

test('nobody waits at delays', () => {
  const stations = network.stations.map((station) => ({ ...station, servers: Infinity }));
  expect(asymptoticBounds({ ...network, stations }, 20)).toEqual({
    throughput_per_s_min: 2,
    throughput_per_s_max: 2,
    response_s_min: 6,
    response_s_max: 6,
    saturation_customers: Infinity,
    bottleneck: -1,
  });
});

test('refuses no customers', () => {
  expect(() => asymptoticBounds(network, 0)).toThrow(RangeError);
});
