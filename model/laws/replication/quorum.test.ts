import { assert, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { quorumMissProbability, quorumOverlaps } from './quorum.ts';

// Miss: C(N - W, R) / C(N, R), e.g. C(2, 1) / C(3, 1).
test.each([
  [3, 2, 2, true, 0],
  [3, 1, 3, true, 0],
  [3, 1, 1, false, 2 / 3],
  [3, 2, 1, false, 1 / 3],
  [5, 2, 2, false, 3 / 10],
  [1, 1, 1, true, 0],
])('N %i, W %i, R %i', (copies, write, read, overlaps, miss) => {
  expect(quorumOverlaps({ copies, write, read })).toBe(overlaps);
  expect(quorumMissProbability({ copies, write, read })).toBeCloseTo(miss, 14);
});

test('a read can miss exactly when the quorums do not overlap', () => {
  assert(
    property(
      integer({ min: 1, max: 30 }),
      integer({ min: 0, max: 29 }),
      integer({ min: 0, max: 29 }),
      (copies, w, r) => {
        const quorum = { copies, write: 1 + (w % copies), read: 1 + (r % copies) };
        expect(quorumMissProbability(quorum) === 0).toBe(quorumOverlaps(quorum));
      },
    ),
  );
});

test.each([
  [3, 4, 1],
  [3, 1, 4],
  [3, 0, 1],
  [0, 1, 1],
])('refuses N %i, W %i, R %i', (copies, write, read) => {
  expect(() => quorumOverlaps({ copies, write, read })).toThrow(RangeError);
  expect(() => quorumMissProbability({ copies, write, read })).toThrow(RangeError);
});
