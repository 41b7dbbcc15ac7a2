import { expect, test } from 'vitest';
import { clientsOutage_s } from './clients-outage.ts';

const OUTAGE = { from_ms: 1_000, to_ms: 9_000 };

test.each([
  ['the pause around it', [700, 900, 9_300, 9_400], 8.4],
  ['the longest pause that touches it', [700, 990, 4_000, 9_100, 9_200], 5.1],
  ['a pause elsewhere is another matter', [0, 990, 1_200, 9_100, 40_000], 7.9],
  ['in whatever order they are noted', [9_300, 700, 900], 8.4],
])('%s', (_, acknowledged_ms, expected_s) => {
  expect(clientsOutage_s(acknowledged_ms, OUTAGE)).toBeCloseTo(expected_s, 9);
});

test.each([[[]], [[500]], [[100, 500]]])('nothing is known from %j', (acknowledged_ms) => {
  expect(clientsOutage_s(acknowledged_ms, OUTAGE)).toBeUndefined();
});
