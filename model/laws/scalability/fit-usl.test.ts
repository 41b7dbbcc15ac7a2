import { assert, double, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../random/random.ts';
import { fitUsl, predictUsl } from './fit-usl.ts';
import type { UslPoint } from './fit-usl.ts';
import { uslThroughput_per_s } from './usl.ts';
import type { Usl } from './usl.ts';

const NS = [1, 2, 4, 8, 16, 32];
const points = (throughput: (n: number) => number): UslPoint[] =>
  NS.map((n) => ({ n, throughput_per_s: throughput(n) }));

/** The ray tracer in N. J. Gunther, Guerrilla Capacity Planning, 2007, chapter 5, up to N = 20. */
const RAY_TRACER = [
  { n: 1, throughput_per_s: 20 },
  { n: 4, throughput_per_s: 78 },
  { n: 8, throughput_per_s: 130 },
  { n: 12, throughput_per_s: 170 },
  { n: 16, throughput_per_s: 190 },
  { n: 20, throughput_per_s: 200 },
];

describe('the ray tracer', () => {
  const fit = fitUsl(RAY_TRACER);

  test('σ .02444, κ .00163, λ 20.856', () => {
    expect(fit.sigma).toBeCloseTo(0.02444, 5);
    expect(fit.kappa).toBeCloseTo(0.00163, 5);
    expect(fit.lambda_per_s).toBeCloseTo(20.856, 3);
  });

  // By Gauss-Newton with 30 digits and t(3) = 3.18245; σ's lower end would be -0.00226.
  test('the intervals and R²', () => {
    const { lambda_per_s, sigma, kappa } = fit.interval95;
    expect(lambda_per_s.low).toBeCloseTo(20.856045303 - 2.509379039, 7);
    expect(lambda_per_s.high).toBeCloseTo(20.856045303 + 2.509379039, 7);
    expect(sigma).toEqual({ low: 0, high: expect.closeTo(0.0244440414 + 0.0267028112, 9) });
    expect(kappa.low).toBeCloseTo(0.0016268093 - 0.0008318867, 9);
    expect(kappa.high).toBeCloseTo(0.0016268093 + 0.0008318867, 9);
    expect(fit.rSquared).toBeCloseTo(0.99959459499858, 11);
  });

  test('a prediction warns beyond twice the measured range', () => {
    expect(fit.measured).toEqual({ low: 1, high: 20 });
    expect(predictUsl(fit, 40)).toEqual({ throughput_per_s: uslThroughput_per_s(fit, 40) });
    expect(predictUsl(fit, 41).throughput_per_s).toBe(uslThroughput_per_s(fit, 41));
    expect(predictUsl(fit, 41).warning).toContain('41 is more than twice the largest N measured (1 to 20)');
  });
});

test('finds the parameters that exact points were made of', () => {
  const share = double({ min: 0, max: 1, noNaN: true });
  const lambda = double({ min: 1e-3, max: 1e6, noNaN: true });
  assert(
    property(lambda, share, share, (lambda_per_s, sigma, kappa) => {
      const usl: Usl = { lambda_per_s, sigma, kappa: kappa / 10 };
      const fit = fitUsl(points((n) => uslThroughput_per_s(usl, n)));
      expect(fit.lambda_per_s / lambda_per_s).toBeCloseTo(1, 6);
      expect(fit.sigma).toBeCloseTo(sigma, 6);
      expect(fit.kappa).toBeCloseTo(kappa / 10, 6);
    }),
  );
});

test('95 % of the intervals hold the truth', () => {
  const usl = { lambda_per_s: 100, sigma: 0.1, kappa: 0.01 };
  const random = createRandom(3, 'usl');
  // Sum of 12 uniforms less 6: near enough to a standard normal.
  const noise = (): number => Array.from({ length: 12 }, () => random.uniform()).reduce((a, b) => a + b) - 6;
  const runs = 1000;
  let held = 0;
  for (let i = 0; i < runs; i++) {
    const { sigma } = fitUsl(points((n) => uslThroughput_per_s(usl, n) + 3 * noise())).interval95;
    if (sigma.low <= 0.1 && sigma.high >= 0.1) held++;
  }
  // Four standard deviations of binomial(1000, 0.95) are 2.8 %.
  expect(Math.abs(held / runs - 0.95)).toBeLessThan(0.028);
});

describe('at the bounds', () => {
  test('faster than linear is taken for linear', () => {
    const fit = fitUsl(points((n) => 100 * n * n));
    expect(fit).toMatchObject({ sigma: 0, kappa: 0 });
    // The best line through the origin: Σ n x / Σ n².
    const [xn, nn] = [NS.reduce((sum, n) => sum + 100 * n ** 3, 0), NS.reduce((sum, n) => sum + n * n, 0)];
    expect(fit.lambda_per_s).toBeCloseTo(xn / nn, 6);
  });

  test('a lone bound leaves the other parameter at its best', () => {
    // Bends at first as contention does and then less: the free fit would have κ below 0.
    const [first, ...rest] = points((n) => (100 * n) / (1 + 0.3 * (n - 1) - 0.004 * n * (n - 1)));
    const fit = fitUsl([first ?? { n: 1, throughput_per_s: 100 }, ...rest.slice(0, 4)]);
    expect(fit.kappa).toBe(0);
    expect(fit.sigma).toBeGreaterThan(0.2);
    expect(fit.sigma).toBeLessThan(0.3);
    expect(fit.interval95.kappa.low).toBe(0);
  });

  test('throughput that does not grow at all is σ = 1, met exactly', () => {
    const fit = fitUsl(points(() => 50));
    expect(fit.sigma).toBeCloseTo(1, 9);
    expect(fit.kappa).toBeCloseTo(0, 9);
    expect(fit.rSquared).toBe(1);
  });
});

test('no interval is NaN, however close the points lie', () => {
  const close = [1, 1 + 1e-9, 1 + 2e-9, 1 + 3e-9].map((n, i) => ({ n, throughput_per_s: 10 + (i % 2) }));
  const { interval95 } = fitUsl(close);
  for (const { low, high } of Object.values(interval95)) expect(low <= high).toBe(true);
});

test.each([
  ['3 points', RAY_TRACER.slice(0, 3), 'at least 4 points, not 3'],
  ['2 different N', [...RAY_TRACER.slice(0, 2), ...RAY_TRACER.slice(0, 2)], 'at least 3 different N, not 2'],
  ['N of 0', [...RAY_TRACER, { n: 0, throughput_per_s: 1 }], 'not 0'],
  ['no throughput', [...RAY_TRACER, { n: 30, throughput_per_s: 0 }], 'throughput_per_s'],
])('refuses %s', (_, few, message) => {
  expect(() => fitUsl(few)).toThrow(message);
  expect(() => fitUsl(few)).toThrow(RangeError);
});
