import { expect, test } from 'vitest';
import { Timeline } from './timeline.ts';

test('scenario time runs with the clock while load runs, and stands still while it drains', () => {
  const timeline = new Timeline();
  timeline.add({ from_s: 0, started_at_ms: 1_000, ended_at_ms: 11_000 }, [{ name: 'a', start_s: 0, end_s: 10 }]);
  timeline.add({ from_s: 10, started_at_ms: 15_000, ended_at_ms: 20_000 }, [{ name: 'b', start_s: 10, end_s: 15 }]);
  expect([500, 1_000, 6_000, 11_000, 14_000, 15_000, 18_000].map((ms) => timeline.at_s(ms))).toEqual([
    -0.5, 0, 5, 10, 10, 10, 13,
  ]);
  expect(timeline.phases.map(({ name }) => name)).toEqual(['a', 'b']);
});

test('without any load it is always the beginning', () => {
  expect(new Timeline().at_s(5)).toBe(0);
});
