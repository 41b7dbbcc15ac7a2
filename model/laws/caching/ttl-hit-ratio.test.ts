import { expect, test } from 'vitest';
import { createRandom } from '../../random/random.ts';
import { ttlCatalogueHitRatio, ttlHitRatio } from './ttl-hit-ratio.ts';
import { zipfPopularity } from './zipf-popularity.ts';

// λT hits for each miss.
test.each([
  [1, 1, 0.5],
  [0.1, 90, 0.9],
  [0, 60, 0],
  [5, 0, 0],
  [1e300, 1e300, 1],
])('%d requests/s kept for %d s: %d', (rate_per_s, ttl_s, expected) => {
  expect(ttlHitRatio(rate_per_s, ttl_s)).toBeCloseTo(expected, 14);
});

test('an expiring entry that is played through agrees', () => {
  const random = createRandom(9, 'ttl');
  const [rate_per_s, ttl_s, requests] = [0.3, 10, 100_000];
  let now_s = 0;
  let expires_s = 0;
  let hits = 0;
  for (let i = 0; i < requests; i++) {
    now_s += random.exponential() / rate_per_s;
    if (now_s < expires_s) hits++;
    else expires_s = now_s + ttl_s;
  }
  expect(Math.abs(hits / requests - ttlHitRatio(rate_per_s, ttl_s))).toBeLessThan(0.005);
});

test('a catalogue weighs each object with its requests', () => {
  // 6, 3 and 2 requests/s of 11, kept for 1 s.
  const expected = (6 / 11) * (6 / 7) + (3 / 11) * (3 / 4) + (2 / 11) * (2 / 3);
  expect(ttlCatalogueHitRatio(zipfPopularity(3, 1), 11, 1)).toBeCloseTo(expected, 14);
  expect(ttlCatalogueHitRatio(zipfPopularity(1000, 0.8), 0, 60)).toBe(0);
});

test('refuses negative rates and times', () => {
  expect(() => ttlHitRatio(-1, 1)).toThrow('rate_per_s');
  expect(() => ttlHitRatio(1, -1)).toThrow('ttl_s');
});
