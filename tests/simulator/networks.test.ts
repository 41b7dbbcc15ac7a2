import { describe, expect, it } from 'vitest';
import { exactMva } from '../../model/laws/networks/exact-mva.ts';
import { openNetwork } from '../../model/laws/networks/open-network.ts';
import type { SimulationRun, StationRun } from '../../model/simulator/run.ts';
import { closedLoop, network, poisson } from '../../model/simulator/testing/systems.ts';
import { deviation, responses, run } from './figures.ts';

const TOLERANCE = 0.02;

type Column = 'throughput_per_s' | 'utilisation' | 'inside' | 'residence_s';

function expectColumn({ stations }: SimulationRun, column: Column, expected: readonly number[]): void {
  const found = stations.map((station: StationRun) => station[column]);
  expect(found).toHaveLength(expected.length);
  for (const [k, value] of found.entries()) {
    expect(deviation(value, expected[k] ?? Number.NaN), `${column} of station ${k + 1}: ${value}`).toBeLessThan(
      TOLERANCE,
    );
  }
}

function worstLittleError({ stations }: SimulationRun): number {
  return Math.max(...stations.map(({ littleError }) => Math.abs(littleError)));
}

describe('open networks', () => {
  // G. Bolch et al., Queueing Networks and Markov Chains, 2nd ed. 2006, example 7.4: 4 a second into the last node, and X of
  // 20, 10, 10 and 4 a second, so 5, 2.5, 2.5 and 1 visits. Its times are divided by 1,000 here.
  it('Bolch 7.4', () => {
    const stations = [
      { service_s: 4e-5, visits: 5 },
      { service_s: 3e-5, visits: 2.5 },
      { service_s: 6e-5, visits: 2.5 },
      { service_s: 5e-5, visits: 1 },
    ];
    const found = run(network(stations), poisson(4000, 150), 1, 5);
    expectColumn(found, 'throughput_per_s', [20_000, 10_000, 10_000, 4000]);
    expectColumn(found, 'utilisation', [0.8, 0.3, 0.6, 0.2]);
    expectColumn(found, 'residence_s', [2e-4, 4.2857e-5, 1.5e-4, 6.25e-5]);
    expectColumn(found, 'inside', [4, 0.42857, 1.5, 0.25]);
    expect(deviation(responses(found).mean_s, 6.17857 / 4000)).toBeLessThan(TOLERANCE);
    expect(worstLittleError(found)).toBeLessThan(1e-3);
  });

  it('balancer, servers and a database, with several servers each, as Jackson has it', () => {
    const stations = [
      { service_s: 0.0005, visits: 1, servers: 1 },
      { service_s: 0.006, visits: 1, servers: 8 },
      { service_s: 0.002, visits: 1.6, servers: 4 },
    ];
    const law = openNetwork({
      stations,
      external_per_s: [1000, 0, 0],
      // 1.6 visits: 3 in 8 of those at the database come again.
      routing: [
        [0, 1, 0],
        [0, 0, 1],
        [0, 0, 0.375],
      ],
    });
    const found = run(network(stations), poisson(1000, 400), 1, 10);
    expectColumn(
      found,
      'throughput_per_s',
      law.stations.map((station) => station.throughput_per_s),
    );
    expectColumn(
      found,
      'utilisation',
      law.stations.map((station) => station.utilisation),
    );
    expectColumn(
      found,
      'inside',
      law.stations.map((station) => station.customers),
    );
    expect(deviation(responses(found).mean_s, law.response_s)).toBeLessThan(TOLERANCE);
    expect(worstLittleError(found)).toBeLessThan(1e-3);
  });
});

describe('closed networks', () => {
  // R. Jain, The Art of Computer Systems Performance Analysis, 1991, 3.42.
  it('20 users of Jain: X = 0.33325', () => {
    const stations = [
      { service_s: 0.000125, visits: 16, servers: 1 },
      { service_s: 0.0003, visits: 10, servers: 1 },
      { service_s: 0.0002, visits: 5, servers: 1 },
    ];
    const found = run(network(stations), closedLoop(20, 0.004, 300), 1, 5);
    expectColumn(found, 'inside', [1.991, 16.177, 0.5]);
    expectColumn(found, 'residence_s', [3.73e-4, 4.854e-3, 3e-4]);
    expectColumn(
      found,
      'throughput_per_s',
      [16, 10, 5].map((visits) => visits * 333.25),
    );
    const law = exactMva({ stations, think_s: 0.004 }, 20);
    expect(deviation(responses(found).mean_s, law.response_s)).toBeLessThan(TOLERANCE);
    expect(worstLittleError(found)).toBeLessThan(1e-3);
  });

  // G. Bolch et al., example 8.3: nobody thinks.
  it('6 customers of Bolch 8.3: X = 9.920', () => {
    const stations = [
      { service_s: 2e-5, visits: 1 },
      { service_s: 2e-4, visits: 0.4 },
      { service_s: 4e-4, visits: 0.2 },
      { service_s: 6e-4, visits: 0.1 },
    ];
    const found = run(network(stations), closedLoop(6, 0, 60), 1, 1);
    expectColumn(found, 'throughput_per_s', [9920, 3968, 1984, 992]);
    expectColumn(found, 'utilisation', [0.198, 0.794, 0.794, 0.595]);
    expect(worstLittleError(found)).toBeLessThan(1e-3);
  });

  it('users of stations with several servers, against exact mean value analysis', () => {
    const stations = [
      { service_s: 0.01, visits: 1, servers: 4 },
      { service_s: 0.004, visits: 2.5, servers: 2 },
    ];
    const law = exactMva({ stations, think_s: 0.05 }, 40);
    const found = run(network(stations), closedLoop(40, 0.05, 1000), 1, 10);
    expectColumn(
      found,
      'throughput_per_s',
      law.stations.map((station) => station.throughput_per_s),
    );
    expectColumn(
      found,
      'residence_s',
      law.stations.map((station) => station.response_s),
    );
    expect(deviation(responses(found).mean_s, law.response_s)).toBeLessThan(TOLERANCE);
  });
});
