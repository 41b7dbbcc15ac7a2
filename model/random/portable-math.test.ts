import { expect, test } from 'vitest';
import { exp, ln } from './portable-math.ts';
import { createRandom } from './random.ts';

test('ln agrees with the platform to 1e-15 over all of its range', () => {
  const random = createRandom(7, 'ln');
  for (let i = 0; i < 20_000; i++) {
    const x = random.uniform() * 10 ** (random.below(40) - 20) + Number.MIN_VALUE;
    expect(Math.abs(ln(x) - Math.log(x))).toBeLessThanOrEqual(1e-15 * Math.max(1, Math.abs(Math.log(x))));
  }
});

test('exp agrees with the platform to 1e-13, relative', () => {
  for (let x = -700; x <= 700; x += 0.37) expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThan(1e-13);
});

test('is exact where it can be', () => {
  expect(ln(1)).toBe(0);
  expect(exp(0)).toBe(1);
  expect(ln(2)).toBe(Math.LN2);
});

test('refuses what is outside of its range', () => {
  for (const x of [0, -1, Infinity, NaN]) expect(() => ln(x)).toThrow(RangeError);
  for (const x of [701, -701, NaN]) expect(() => exp(x)).toThrow(RangeError);
});
