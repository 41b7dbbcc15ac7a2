import { assert, double, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { uslEfficiency, uslPeak, uslPeakThroughput_per_s, uslThroughput_per_s } from './usl.ts';

/** Fitted to the ray tracer in N. J. Gunther, Guerrilla Capacity Planning, 2007, chapter 5, up to N = 20. */
const RAY_TRACER = { lambda_per_s: 20.856, sigma: 0.02444, kappa: 0.00163 };
const LINEAR = { lambda_per_s: 100, sigma: 0, kappa: 0 };
const AMDAHL = { lambda_per_s: 100, sigma: 0.05, kappa: 0 };

test.each([
  [1, 20.856],
  // 20 × 20.856 / (1 + 19 × 0.02444 + 380 × 0.00163) = 417.12 / 2.08376
  [20, 200.177],
])('throughput at N = %i is %d', (n, expected) => {
  expect(uslThroughput_per_s(RAY_TRACER, n)).toBeCloseTo(expected, 3);
});

describe('the peak', () => {
  test('lies at sqrt((1 - σ) / κ)', () => {
    expect(uslPeak(RAY_TRACER)).toBeCloseTo(24.464, 3);
    expect(uslPeakThroughput_per_s(RAY_TRACER)).toBeCloseTo(uslThroughput_per_s(RAY_TRACER, 24.464), 4);
  });

  test('without coherency cost is never reached: a ceiling of λ / σ, as Amdahl has it, or none', () => {
    expect(uslPeak(AMDAHL)).toBe(Infinity);
    expect(uslPeakThroughput_per_s(AMDAHL)).toBe(2000);
    expect(uslPeakThroughput_per_s(LINEAR)).toBe(Infinity);
  });

  test('is one server when contention eats all that a second adds', () => {
    for (const sigma of [1, 2]) for (const kappa of [0, 0.1]) expect(uslPeak({ ...LINEAR, sigma, kappa })).toBe(1);
    expect(uslPeak({ ...LINEAR, kappa: 4 })).toBe(1);
  });

  test('is higher than anything else', () => {
    const share = double({ min: 0.001, max: 1, noNaN: true });
    assert(
      property(share, share, integer({ min: 1, max: 5000 }), (sigma, kappa, n) => {
        const usl = { lambda_per_s: 100, sigma, kappa };
        expect(uslThroughput_per_s(usl, n)).toBeLessThanOrEqual(uslPeakThroughput_per_s(usl) * (1 + 1e-12));
      }),
    );
  });
});

test('efficiency is the share of linear growth', () => {
  expect(uslEfficiency(LINEAR, 64)).toBe(1);
  expect(uslEfficiency(RAY_TRACER, 1)).toBe(1);
  // Amdahl: 1 / (1 + 0.05 × 20)
  expect(uslEfficiency(AMDAHL, 21)).toBeCloseTo(0.5, 14);
});

test('refuses less than one server and negative parameters', () => {
  expect(() => uslThroughput_per_s(LINEAR, 0)).toThrow('from one server');
  expect(() => uslThroughput_per_s({ ...LINEAR, lambda_per_s: 0 }, 1)).toThrow('lambda_per_s');
  expect(() => uslPeak({ ...LINEAR, sigma: -0.1 })).toThrow('sigma');
  expect(() => uslPeak({ ...LINEAR, kappa: -0.1 })).toThrow('kappa');
});
