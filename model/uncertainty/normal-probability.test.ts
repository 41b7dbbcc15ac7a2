import { expect, it } from 'vitest';
import { normalProbability } from './normal-probability.ts';
import { normalQuantile } from './normal-quantile.ts';

// Abramowitz and Stegun, Handbook of Mathematical Functions, 1964, table 26.1.
it.each([
  { z: 0, p: 0.5 },
  { z: 1, p: 0.841344746068543 },
  { z: 1.96, p: 0.97500210485178 },
  { z: 3, p: 0.99865010196837 },
  { z: 4, p: 0.999968328758167 },
])('lies at or below $z with probability $p', ({ z, p }) => {
  expect(normalProbability(z)).toBeCloseTo(p, 12);
  expect(normalProbability(-z)).toBeCloseTo(1 - p, 12);
});

it.each([1e-12, 1e-6, 0.001, 0.2, 0.5, 0.9, 0.9999])('undoes the quantile of %f', (p) => {
  expect(normalProbability(normalQuantile(p)) / p).toBeCloseTo(1, 9);
});
