import { expect, test } from 'vitest';
import { outageParts } from './outage-parts.ts';

const ORDER = ['detect', 'promote', 'route', 'recover'];

test.each([
  ['all was seen', { detect: 7_000, promote: 8_500, route: 9_000 }, [6, 1.5, 0.5, 0.7]],
  ['routed before it was promoted', { detect: 7_000, promote: 8_500, route: 8_000 }, [6, 1.5, 0, 1.2]],
  ['seen before it began', { detect: 900, promote: 8_500, route: 9_000 }, [0, 7.5, 0.5, 0.7]],
  ['seen after it ended', { detect: 7_000, promote: 8_500, route: 12_000 }, [6, 1.5, 1.2, 0]],
])('%s: the parts are as long as the outage', (_, seen, durations) => {
  const parts = outageParts(1_000, 9_700, ORDER, new Map(Object.entries(seen)));
  expect(parts.map(({ name }) => name)).toEqual(ORDER);
  expect(parts.map(({ duration_s }) => Number(duration_s.toFixed(3)))).toEqual(durations);
  expect(sum(parts)).toBeCloseTo(8.7, 9);
});

test('what was not seen is no part, and its time is that of the next', () => {
  const parts = outageParts(1_000, 9_700, ORDER, new Map([['promote', 8_500]]));
  expect(parts.map(({ name }) => name)).toEqual(['promote', 'recover']);
  expect(sum(parts)).toBeCloseTo(8.7, 9);
});

function sum(parts: readonly { readonly duration_s: number }[]): number {
  return parts.reduce((total, { duration_s }) => total + duration_s, 0);
}
