import { assert, double, property } from 'fast-check';
import { expect, test } from 'vitest';
import { mmc } from './mmc.ts';
import { serversForWait } from './servers-for-wait.ts';

// Waits of λ = 9, μ = 5 (GNU Octave, queueing package): Lq / λ = 0.853 s with two servers, 0.0117 s with four.
test.each([
  [0.853, 2],
  [0.852, 3],
  [0.0117, 4],
  [0.0116, 5],
])('a wait of at most %d s', (wait_s_max, expected) => {
  expect(serversForWait(9, 1 / 5, wait_s_max)).toBe(expected);
});

test('one server is enough for nobody', () => {
  expect(serversForWait(0, 1, 1e-9)).toBe(1);
});

test('10,000 erlangs need their square root on top', () => {
  // Erlang C of a + β sqrt(a) servers is 1 / (1 + β Φ(β) / φ(β)) in the limit: 0.223 at β = 1 (Halfin and Whitt 1981).
  const found = serversForWait(10_000, 1, 0.223 / 100);
  expect(found).toBeGreaterThan(10_095);
  expect(found).toBeLessThan(10_105);
});

test('is the fewest', () => {
  const check = property(
    double({ min: 0.01, max: 300, noNaN: true }),
    double({ min: 1e-6, max: 10, noNaN: true }),
    (load, wait_s_max) => {
      const found = serversForWait(load, 1, wait_s_max);
      expect(mmc(load, 1, found).wait_s).toBeLessThanOrEqual(wait_s_max);
      if (found > 1) expect(mmc(load, 1, found - 1).wait_s).toBeGreaterThan(wait_s_max);
    },
  );
  expect(() => assert(check)).not.toThrow();
});

test('refuses no wait at all', () => {
  expect(() => serversForWait(9, 1 / 5, 0)).toThrow(RangeError);
});
