import { array, assert, constantFrom, double, integer, property, record } from 'fast-check';
import { expect, test } from 'vitest';
import { asymptoticBounds } from './asymptotic-bounds.ts';
import { balancedJobBounds } from './balanced-job-bounds.ts';
import { exactMva } from './exact-mva.ts';

const networks = record({
  stations: array(
    record({
      visits: integer({ min: 0, max: 10 }),
      service_s: double({ min: 0.001, max: 1, noNaN: true }),
      servers: constantFrom(1, 1, Infinity),
    }),
    { minLength: 1, maxLength: 5 },
  ),
  think_s: constantFrom(0.001, 1, 20),
});

test('enclose the exact results, more tightly than the asymptotic bounds', () => {
  const check = property(networks, integer({ min: 1, max: 60 }), (network, customers) => {
    const bounds = balancedJobBounds(network, customers);
    const wider = asymptoticBounds(network, customers);
    const exact = exactMva(network, customers);
    const slack = 1 + 1e-10;
    expect(exact.throughput_per_s).toBeLessThanOrEqual(bounds.throughput_per_s_max * slack);
    expect(exact.throughput_per_s * slack).toBeGreaterThanOrEqual(bounds.throughput_per_s_min);
    expect(exact.response_s).toBeLessThanOrEqual(bounds.response_s_max * slack);
    expect(exact.response_s * slack).toBeGreaterThanOrEqual(bounds.response_s_min);
    expect(bounds.throughput_per_s_max).toBeLessThanOrEqual(wider.throughput_per_s_max * slack);
    expect(bounds.throughput_per_s_min * slack).toBeGreaterThanOrEqual(wider.throughput_per_s_min);
  });
  expect(() => assert(check)).not.toThrow();
});

test('meet where all stations are alike and nobody thinks', () => {
  const stations = [1, 1, 1].map((servers) => ({ visits: 1, service_s: 0.1, servers }));
  const { throughput_per_s_min, throughput_per_s_max } = balancedJobBounds({ stations, think_s: 0 }, 8);
  // X = N / (D (N + K - 1) / K).
  expect(throughput_per_s_min).toBeCloseTo(8, 12);
  expect(throughput_per_s_max).toBeCloseTo(8, 12);
});

test('refuse several servers', () => {
  const stations = [{ visits: 1, service_s: 0.1, servers: 2 }];
  expect(() => balancedJobBounds({ stations, think_s: 0 }, 8)).toThrow(RangeError);
});
