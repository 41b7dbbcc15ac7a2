import { describe, expect, it } from 'vitest';
import { mm1ResponsePercentile } from '../../model/laws/queueing/mm1.ts';
import { mmck } from '../../model/laws/queueing/mmck.ts';
import { exponential, station } from '../../model/simulator/testing/systems.ts';
import { deviation, responses, stationOf } from './figures.ts';
import { QUEUES, SERVICE_S, atRate, offered } from './queues.ts';

const TOLERANCE = 0.02;

describe.each(QUEUES)('$name', ({ system, servers, law, loads }) => {
  it.each(loads)('at ρ = $rho', ({ rho, customers }) => {
    const arrivals_per_s = (rho * servers) / SERVICE_S;
    const found = atRate(system, arrivals_per_s, customers);
    const { throughput_per_s, utilisation, inside, waiting, residence_s, littleError } = stationOf(found, 'station');
    expect(deviation(throughput_per_s, arrivals_per_s)).toBeLessThan(TOLERANCE / 2);
    expect(deviation(utilisation, rho)).toBeLessThan(TOLERANCE / 2);
    const means = law(...offered(found, servers));
    expect(deviation(responses(found).mean_s, means.response_s)).toBeLessThan(TOLERANCE);
    expect(deviation(residence_s, means.response_s)).toBeLessThan(TOLERANCE);
    expect(deviation(inside, means.numberInSystem)).toBeLessThan(TOLERANCE);
    // Few waiting ones are a small difference of two large numbers.
    expect(Math.abs(waiting - means.queueLength)).toBeLessThan(TOLERANCE * means.numberInSystem);
    expect(Math.abs(littleError)).toBeLessThan(1e-3);
    expect(found.instabilities).toEqual([]);
  });
});

// Requests above p99 come in clusters, at 0.9 of hundreds, so that it takes far more of them there.
it.each([
  [0.3, 1_000_000, [50, 95, 99]],
  [0.5, 1_000_000, [50, 95, 99]],
  [0.8, 3_000_000, [50, 95, 99]],
  [0.9, 4_000_000, [50, 95]],
])('percentiles of the response time of M/M/1 at ρ = %d', (rho, customers, percents) => {
  const found = atRate(station(exponential(SERVICE_S)), rho / SERVICE_S, customers);
  const { percentile_s } = responses(found);
  for (const percent of percents) {
    const law_s = mm1ResponsePercentile(...offered(found, 1), percent / 100);
    expect(deviation(percentile_s(percent), law_s), `p${percent}`).toBeLessThan(TOLERANCE);
  }
});

describe('published values, in thousandths of their unit of time', () => {
  // λ = 9, μ = 5: GNU Octave, queueing package. λ = 75, μ = 100: R = 0.04. λ = 2, μ = 1, c = 3: Erlang C is 4/9.
  it.each([
    [9, 5, 2, 7.674, 1.053, 4_000_000],
    [9, 5, 4, 0.105, 0.212, 1_000_000],
    [75, 100, 1, 2.25, 0.04, 2_000_000],
    [2, 1, 3, 0.8889, 1.4444, 1_000_000],
  ])('M/M/c, λ = %d, μ = %d, c = %i', (lambda, mu, servers, waiting, response, customers) => {
    const found = atRate(station(exponential(0.001 / mu), { servers }), 1000 * lambda, customers);
    // As the first of them is published, to three digits.
    expect(Math.abs(stationOf(found, 'station').waiting - waiting)).toBeLessThan(TOLERANCE * waiting + 0.0005);
    expect(deviation(stationOf(found, 'station').residence_s * 1000, response)).toBeLessThan(TOLERANCE);
  });

  // D. Gross, C. M. Harris, Fundamentals of Queueing Theory, the bookstore: 40 an hour, 4 min each, 4 clerks.
  it('the bookstore: Wq = 1.1353 min, L = 3.4234', () => {
    const found = atRate(station(exponential(0.004), { servers: 4 }), 40_000 / 60, 1_000_000);
    const { residence_s, inside } = stationOf(found, 'station');
    expect(deviation(residence_s * 1000, 1.1353 + 4)).toBeLessThan(TOLERANCE);
    expect(deviation(inside, 3.4234)).toBeLessThan(TOLERANCE);
  });

  // Also at ρ = 0.9: c = 1, 2, 4 and 16 stand above, against the law.
  it('M/M/64, ρ = 0.9: 2.795970 wait', () => {
    const found = atRate(station(exponential(SERVICE_S), { servers: 64 }), 57_600, 4_000_000);
    expect(deviation(stationOf(found, 'station').inside, 57.6 + 2.79597)).toBeLessThan(TOLERANCE);
    expect(Math.abs(stationOf(found, 'station').waiting - 2.79597)).toBeLessThan(0.1 * 2.79597);
  });
});

describe('M/M/c/K turns away who finds it full', () => {
  // Of the first R is published, 0.036517; of the second the share turned away, 0.293543.
  it.each([
    [40, 30, 3, 7],
    [50, 10, 4, 6],
    [95, 100, 1, 10],
    [300, 100, 2, 2],
  ])('λ = %d, μ = %d, c = %i, K = %i', (arrivals_per_s, mu, servers, capacity) => {
    const law = mmck({ arrivals_per_s, service_s: 1 / mu, servers, capacity });
    const queue = station(exponential(1 / mu), { servers, queueLimit: capacity - servers });
    const found = atRate(queue, arrivals_per_s, 400_000);
    const { utilisation, inside, waiting, residence_s, throughput_per_s } = stationOf(found, 'station');
    const { http_error, sent } = found.observation.totals;
    const turnedAway = http_error / sent;
    expect(Math.abs(turnedAway - law.blockingProbability)).toBeLessThan(TOLERANCE * law.blockingProbability + 5e-4);
    expect(deviation(throughput_per_s, law.throughput_per_s)).toBeLessThan(TOLERANCE);
    expect(deviation(utilisation, law.utilisation)).toBeLessThan(TOLERANCE);
    expect(deviation(inside, law.numberInSystem)).toBeLessThan(TOLERANCE);
    expect(Math.abs(waiting - law.queueLength)).toBeLessThan(TOLERANCE * law.numberInSystem);
    expect(deviation(residence_s, law.response_s)).toBeLessThan(TOLERANCE);
  });
});
