import { array, assert, double, property } from 'fast-check';
import { expect, test } from 'vitest';
import { TokenBucket } from './token-bucket.ts';

test('lets a burst through, then as many as tokens come in', () => {
  const bucket = new TokenBucket({ rate_per_s: 2, burst: 3 });
  expect([0, 0, 0, 0].map((now_s) => bucket.take(now_s))).toEqual([true, true, true, false]);
  expect([0.4, 0.5, 0.6, 1].map((now_s) => bucket.take(now_s))).toEqual([false, true, false, true]);
  // Full again, and no fuller than the burst.
  expect([100, 100, 100, 100].map((now_s) => bucket.take(now_s))).toEqual([true, true, true, false]);
});

test('never lets more through in any stretch of time than its burst and what came in', () => {
  const [rate_per_s, burst] = [5, 4];
  assert(
    property(array(double({ min: 0, max: 0.5, noNaN: true }), { maxLength: 100, size: 'max' }), (gaps_s) => {
      const bucket = new TokenBucket({ rate_per_s, burst });
      let now_s = 0;
      const taken = gaps_s.map((gap_s) => (now_s += gap_s)).filter((at_s) => bucket.take(at_s));
      for (const [i, from_s] of taken.entries())
        for (const [j, until_s] of taken.entries())
          if (j >= i) expect(j - i + 1).toBeLessThanOrEqual(burst + (until_s - from_s) * rate_per_s + 1e-6);
    }),
  );
});

test('calls at just the rate all get through, whatever rounding does', () => {
  for (const rate_per_s of [3, 7, 10, 30, 1000 / 7]) {
    const bucket = new TokenBucket({ rate_per_s, burst: 1 });
    for (let i = 0; i < 1000; i++) expect(bucket.take(i / rate_per_s)).toBe(true);
  }
});

test.each([
  [{ rate_per_s: -1, burst: 1 }, 'rate_per_s is a finite number from 0, not -1'],
  [{ rate_per_s: 1, burst: 0.5 }, 'burst is a finite number from 1, not 0.5'],
])('%o is refused', (limit, message) => {
  expect(() => new TokenBucket(limit)).toThrow(message);
});
