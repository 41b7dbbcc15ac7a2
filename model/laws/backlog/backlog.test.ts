import { assert, double, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aftermathOf, backlogAfter, drainTime_s } from './backlog.ts';
import type { Episode } from './backlog.ts';

const OUTAGE: Episode = {
  duration_s: 600,
  arrival_per_s: 100,
  service_per_s: 0,
  arrivalAfter_per_s: 100,
  serviceAfter_per_s: 150,
};

test.each([
  [100, 0, 600, 60_000],
  [100, 80, 60, 1200],
  [100, 150, 600, 0],
])('%d/s in, %d/s out for %d s leave %d', (arrival, service, duration_s, expected) => {
  expect(backlogAfter(arrival, service, duration_s)).toBe(expected);
});

test.each([
  [60_000, 100, 150, 1200],
  [0, 100, 50, 0],
  [1, 100, 100, Infinity],
  [1, 100, 50, Infinity],
  [1, 0, 0, Infinity],
])('a backlog of %d with %d/s in and %d/s out drains in %d s', (backlog, arrival, service, expected) => {
  expect(drainTime_s(backlog, arrival, service)).toBe(expected);
});

describe('the aftermath', () => {
  test('of an outage of ten minutes: the first waited longest', () => {
    expect(aftermathOf(OUTAGE)).toEqual({ backlog: 60_000, drain_s: 1200, worstWait_s: 600 });
  });

  test('of a flash sale ten times too big: the last waits longest', () => {
    const sale = { ...OUTAGE, duration_s: 60, arrival_per_s: 1000, service_per_s: 100, serviceAfter_per_s: 100 };
    expect(aftermathOf({ ...sale, arrivalAfter_per_s: 50 })).toEqual({
      backlog: 54_000,
      drain_s: 1080,
      worstWait_s: expect.closeTo(540, 9),
    });
  });

  test.each([
    ['no overload leaves nothing', { service_per_s: 120 }, { backlog: 0, drain_s: 0, worstWait_s: 0 }],
    ['more arrives than is served', { serviceAfter_per_s: 99 }, { drain_s: Infinity, worstWait_s: Infinity }],
    ['just as much arrives: the wait stays', { serviceAfter_per_s: 100 }, { drain_s: Infinity, worstWait_s: 600 }],
    [
      'service never comes back',
      { arrivalAfter_per_s: 0, serviceAfter_per_s: 0 },
      { drain_s: Infinity, worstWait_s: Infinity },
    ],
    [
      'later overload counts too',
      { service_per_s: 120, serviceAfter_per_s: 99 },
      { backlog: 0, worstWait_s: Infinity },
    ],
  ])('%s', (_, change, expected) => {
    expect(aftermathOf({ ...OUTAGE, ...change })).toMatchObject(expected);
  });

  test('agrees with playing the fluid through, and never drains in negative time', () => {
    const rate = double({ min: 1, max: 1000, noNaN: true });
    const part = double({ min: 0, max: 1, noNaN: true });
    assert(
      property(rate, part, rate, part, (arrival, served, after, arriving) => {
        const episode: Episode = {
          duration_s: 100,
          arrival_per_s: arrival,
          service_per_s: arrival * served,
          serviceAfter_per_s: after,
          arrivalAfter_per_s: after * arriving,
        };
        const { drain_s, worstWait_s } = aftermathOf(episode);
        expect(drain_s).toBeGreaterThanOrEqual(0);
        const longest_s = longestWait_s(episode);
        // Arrivals are looked at every 0.1 s, and the wait changes by no more than λ/μ a second.
        expect(worstWait_s).toBeGreaterThanOrEqual(longest_s - 1e-9);
        expect(worstWait_s - longest_s).toBeLessThanOrEqual(0.1 * (1 + arrival / after) + 1e-9);
      }),
    );
  });
});

/** The longest wait of arrivals during the episode: each is served when all work before it is done. */
function longestWait_s({ duration_s, arrival_per_s, service_per_s, serviceAfter_per_s }: Episode): number {
  const served = service_per_s * duration_s;
  const waits_s = Array.from({ length: 1001 }, (_, i) => {
    const at_s = (i / 1000) * duration_s;
    const before = arrival_per_s * at_s;
    const done_s = before < served ? before / service_per_s : duration_s + (before - served) / serviceAfter_per_s;
    return done_s - at_s;
  });
  return Math.max(0, ...waits_s);
}

test('refuses negative rates and times', () => {
  expect(() => backlogAfter(1, 1, -1)).toThrow('duration_s');
  expect(() => drainTime_s(-1, 1, 1)).toThrow('backlog');
  expect(() => aftermathOf({ ...OUTAGE, arrival_per_s: NaN })).toThrow('arrival_per_s');
});
