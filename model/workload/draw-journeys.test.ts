import { expect, test } from 'vitest';
import { createJourneyDrawer } from './draw-journeys.ts';
import type { JourneyTemplate } from './journey-template.ts';
import type { RequestTemplate, Workload } from './workload.ts';
import { WorkloadError } from './workload-error.ts';

const request = (path: string): RequestTemplate => ({
  class: 'a',
  share: 1,
  method: 'GET',
  path,
  headers: {},
  accept: [200],
  timeout_ms: 1000,
});
const journey = (name: string, share: number, ...paths: string[]): JourneyTemplate => ({
  name,
  share,
  steps: paths.map((path) => ({
    request: request(path),
    keep: [],
    think: { mean_s: 2, exponential: name === 'long' },
  })),
});
const workload = (...journeys: JourneyTemplate[]): Workload => ({
  classes: [request('/')],
  feeds: {
    items: { pick: 'uniform', columns: ['id'], rows: [['1'], ['2'], ['3']] },
    users: { pick: 'uniform', columns: ['id'], rows: [['a'], ['b']] },
  },
  journeys,
});
const two = workload(
  journey('long', 0.25, '/${items.id}', '/${users.id}'),
  journey('short', 0.75, '/', '/${items.id}', '/'),
);

test('draws journeys by their share, the feeds that their steps use, and their pauses', () => {
  const draw = createJourneyDrawer(two, 1);
  const drawn = Array.from({ length: 4000 }, draw);
  const long = drawn.filter(({ index }) => index === 0);
  const short = drawn.filter(({ index }) => index === 1);
  expect(Math.abs(long.length / 4000 - 0.25)).toBeLessThan(0.03);
  expect(long.every(({ rows }) => (rows[0] ?? -1) >= 0 && (rows[1] ?? -1) >= 0)).toBe(true);
  expect(short.every(({ rows }) => (rows[0] ?? -1) >= 0 && rows[1] === -1)).toBe(true);
  expect(new Set(short.flatMap(({ thinks_us }) => thinks_us))).toEqual(new Set([2e6]));
  const pauses_us = long.flatMap(({ thinks_us }) => thinks_us);
  expect(Math.abs(pauses_us.reduce((sum, each) => sum + each, 0) / pauses_us.length / 2e6 - 1)).toBeLessThan(0.1);
});

test('the seed decides', () => {
  const first = (seed: number) => Array.from({ length: 20 }, createJourneyDrawer(two, seed));
  expect(first(1)).toEqual(first(1));
  expect(first(1)).not.toEqual(first(2));
});

test.each<[string, Workload, RegExp]>([
  ['shares that do not add up', workload(journey('a', 0.5, '/')), /shares of all journeys add up to 0.5/],
  ['no steps', workload(journey('a', 1)), /needs 1 to 100 steps/],
  [
    'a value that no earlier step keeps',
    workload(journey('a', 1, '/${session.token}')),
    /no earlier step keeps the `token`/,
  ],
  ['an unknown feed', workload(journey('a', 1, '/${item.id}')), /journey `a`: unknown feed `item`/],
  [
    'an unknown class',
    { ...workload(journey('a', 1, '/')), classes: [{ ...request('/'), class: 'b' }] },
    /`a`, which is no class/,
  ],
])('refuses %s', (_, wrong, message) => {
  expect(() => createJourneyDrawer(wrong, 1)).toThrow(WorkloadError);
  expect(() => createJourneyDrawer(wrong, 1)).toThrow(message);
});
