import { assert, double, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mmc } from '../queueing/mmc.ts';
import { openNetwork } from './open-network.ts';
import type { OpenNetwork } from './open-network.ts';

// Bolch et al., Queueing Networks and Markov Chains, example 7.4.
const bolch: OpenNetwork = {
  stations: [0.04, 0.03, 0.06, 0.05].map((service_s) => ({ service_s, servers: 1 })),
  external_per_s: [0, 0, 0, 4],
  routing: [
    [0, 0.5, 0.5, 0],
    [1, 0, 0, 0],
    [0.6, 0, 0, 0],
    [1, 0, 0, 0],
  ],
};

/** Two stations in a row, the second visited again with the given share. */
function tandem(arrivals_per_s: number, servers: number, again: number): OpenNetwork {
  return {
    stations: [
      { service_s: 0.01, servers },
      { service_s: 0.02, servers },
    ],
    external_per_s: [arrivals_per_s, 0],
    routing: [
      [0, 1],
      [0, again],
    ],
  };
}

describe('Bolch 7.4', () => {
  test.each([
    [0, 20, 0.8, 0.2, 4],
    [1, 10, 0.3, 0.043, 0.429],
    [2, 10, 0.6, 0.15, 1.5],
    [3, 4, 0.2, 0.0625, 0.25],
  ])('station %i', (k, throughput_per_s, utilisation, response_s, customers) => {
    const station = openNetwork(bolch).stations[k];
    expect(station?.throughput_per_s).toBeCloseTo(throughput_per_s, 10);
    expect(station?.utilisation).toBeCloseTo(utilisation, 10);
    expect(station?.response_s).toBeCloseTo(response_s, 3);
    expect(station?.customers).toBeCloseTo(customers, 3);
  });

  test('the network as a whole', () => {
    const { throughput_per_s, customers, response_s, stations } = openNetwork(bolch);
    expect(throughput_per_s).toBe(4);
    expect(customers).toBeCloseTo(6.179, 3);
    expect(response_s).toBeCloseTo(
      stations.reduce((sum, { visits, response_s }) => sum + visits * response_s, 0),
      12,
    );
  });
});

test('a station with several servers is M/M/c, and one with endless servers a delay', () => {
  const { stations } = openNetwork({
    stations: [
      { service_s: 0.2, servers: 4 },
      { service_s: 3, servers: Infinity },
    ],
    external_per_s: [9, 0],
    routing: [
      [0, 1],
      [0, 0],
    ],
  });
  expect(stations[0]?.response_s).toBeCloseTo(mmc(9, 0.2, 4).response_s, 14);
  expect(stations[0]?.customers).toBeCloseTo(mmc(9, 0.2, 4).numberInSystem, 14);
  expect(stations[1]).toEqual({ visits: 1, throughput_per_s: 9, utilisation: 0, response_s: 3, customers: 27 });
});

test("obeys Little's law and responds slower to more load", () => {
  const load = double({ min: 0.1, max: 24, noNaN: true });
  const check = property(load, load, integer({ min: 1, max: 9 }), (a, b, servers) => {
    const more = openNetwork(tandem(Math.max(a, b) * servers, servers, 0.5));
    expect(more.response_s).toBeGreaterThanOrEqual(
      openNetwork(tandem(Math.min(a, b) * servers, servers, 0.5)).response_s - 1e-12,
    );
    for (const { throughput_per_s, response_s, customers } of more.stations) {
      expect(throughput_per_s * response_s).toBeCloseTo(customers, 9);
    }
  });
  expect(() => assert(check)).not.toThrow();
});

test('one station that cannot keep up makes the whole wait endless, but not the others', () => {
  const { response_s, customers, stations } = openNetwork(tandem(60, 1, 0));
  expect([response_s, customers]).toEqual([Infinity, Infinity]);
  expect(stations[0]?.response_s).toBeCloseTo(0.025, 12);
  expect(stations[1]).toMatchObject({ utilisation: 1.2, response_s: Infinity, customers: Infinity });
});

test('a station that nobody visits answers in its service time', () => {
  const { stations } = openNetwork({ ...tandem(5, 1, 0), routing: [[0, 0], [0, 0]] }); // prettier-ignore
  expect(stations[1]).toEqual({ visits: 0, throughput_per_s: 0, utilisation: 0, response_s: 0.02, customers: 0 });
});

test.each<[string, OpenNetwork]>([
  ['without arrivals', tandem(0, 1, 0)],
  ['with a ring', tandem(1, 1, 1)],
  ['with half a server', tandem(1, 0.5, 0)],
  ['with a rate too many', { ...tandem(1, 1, 0), external_per_s: [1, 0, 0] }],
])('refuses a network %s', (_, network) => {
  expect(() => openNetwork(network)).toThrow(RangeError);
});
