import { array, assert, constantFrom, double, integer, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exactMva } from './exact-mva.ts';
import { schweitzer } from './schweitzer.ts';

function networks(servers_max: number, think_s_max: number) {
  return record({
    stations: array(
      record({
        visits: integer({ min: 1, max: 10 }),
        service_s: double({ min: 0.01, max: 1, noNaN: true }),
        servers: integer({ min: 1, max: servers_max }),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    think_s: integer({ min: 0, max: 100 * think_s_max }).map((hundredths) => hundredths / 100),
  });
}

describe('the bounds of its error that it states', () => {
  test.each([
    ['without think time', 1, 0, 0.05, 0.05],
    ['with think time', 1, 200, 0.07, 0.26],
    ['with several servers', 8, 20, 0.25, 0.34],
  ])('%s', (_, servers_max, think_s_max, throughputError, responseError) => {
    const check = property(networks(servers_max, think_s_max), integer({ min: 1, max: 60 }), (network, customers) => {
      const found = schweitzer(network, customers);
      const exact = exactMva(network, customers);
      const throughput = found.throughput_per_s / exact.throughput_per_s;
      const response = found.response_s / exact.response_s;
      expect(throughput).toBeGreaterThanOrEqual(1 - throughputError - 1e-9);
      expect(throughput).toBeLessThanOrEqual(1 + 1e-9);
      expect(response).toBeGreaterThanOrEqual(1 - 1e-9);
      expect(response).toBeLessThanOrEqual(1 + responseError + 1e-9);
    });
    expect(() => assert(check, { numRuns: 500 })).not.toThrow();
  });
});

test('all customers are somewhere', () => {
  const check = property(networks(8, 20), constantFrom(1, 10, 1000, 1_000_000), (network, customers) => {
    const found = schweitzer(network, customers);
    const inside = found.stations.reduce((sum, station) => sum + station.customers, 0);
    expect((inside + network.think_s * found.throughput_per_s) / customers).toBeCloseTo(1, 8);
  });
  expect(() => assert(check)).not.toThrow();
});

test('is exact for one customer, and for delays alone', () => {
  const stations = [1, 1, Infinity].map((servers) => ({ visits: 2, service_s: 0.1, servers }));
  expect(schweitzer({ stations, think_s: 1 }, 1).throughput_per_s).toBeCloseTo(1 / 1.6, 12);
  const delays = stations.map((station) => ({ ...station, servers: Infinity }));
  expect(schweitzer({ stations: delays, think_s: 1 }, 50).throughput_per_s).toBeCloseTo(50 / 1.6, 10);
});

test('a million customers at two nearly equal stations take no longer', () => {
  const stations = [0.01, 0.0099999].map((service_s) => ({ visits: 1, service_s, servers: 1 }));
  const found = schweitzer({ stations, think_s: 0 }, 1_000_000);
  expect(found.throughput_per_s).toBeCloseTo(100, 4);
  expect(found.stations[0]?.customers).toBeGreaterThan(found.stations[1]?.customers ?? Infinity);
});

test('refuses no customers', () => {
  const stations = [{ visits: 1, service_s: 1, servers: 1 }];
  expect(() => schweitzer({ stations, think_s: 0 }, 0)).toThrow(RangeError);
});
