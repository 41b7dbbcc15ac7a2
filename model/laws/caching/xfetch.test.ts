import { assert, double, property } from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from '../../random/random.ts';
import { earlyRefreshProbability, stampedeSize } from './xfetch.ts';

// Vattani, Chierichetti, Lowenstein 2015: delta before expiry with beta = 1 it is 1/e, 36.8 %.
test.each([
  [0.2, 0.2, 1, 0.368],
  [0.4, 0.2, 2, 0.368],
  [0.4, 0.2, 1, 0.135],
  [0, 0.2, 1, 1],
  [-3, 0.2, 1, 1],
  [1e6, 0.2, 1, 0],
])('%d s before expiry, %d s to recompute, beta %d: %d', (left_s, recompute_s, beta, expected) => {
  expect(earlyRefreshProbability(left_s, recompute_s, beta)).toBeCloseTo(expected, 3);
});

test('is what drawing -delta beta ln(u) >= left gives', () => {
  const random = createRandom(4, 'xfetch');
  const draws = 100_000;
  let refreshed = 0;
  for (let i = 0; i < draws; i++) if (0.2 * 1.5 * random.exponential() >= 0.5) refreshed++;
  expect(Math.abs(refreshed / draws - earlyRefreshProbability(0.5, 0.2, 1.5))).toBeLessThan(0.005);
});

test('rises towards the expiry', () => {
  const time = double({ min: 0, max: 1e4, noNaN: true });
  assert(
    property(time, time, double({ min: 1e-3, max: 10, noNaN: true }), (a, b, recompute_s) => {
      const [far, near] = [Math.max(a, b), Math.min(a, b)];
      expect(earlyRefreshProbability(far, recompute_s)).toBeLessThanOrEqual(earlyRefreshProbability(near, recompute_s));
    }),
  );
});

test('a stampede: 1,000 requests/s and 0.3 s to recompute', () => {
  expect(stampedeSize(1000, 0.3)).toBe(300);
  expect(stampedeSize(1000, 0)).toBe(0);
});

test('refuses a recomputation that takes no time, and what is no number', () => {
  expect(() => earlyRefreshProbability(1, 0)).toThrow('recompute_s');
  expect(() => earlyRefreshProbability(1, 1, 0)).toThrow('beta');
  expect(() => earlyRefreshProbability(NaN, 1)).toThrow('left_s');
  expect(() => stampedeSize(-1, 1)).toThrow('rate_per_s');
});
