import { describe, expect, test } from 'vitest';
import type { Breaker } from '../system.ts';
import { CircuitBreaker } from './circuit-breaker.ts';

const RULE: Breaker = { failureShare: 0.5, minCalls: 4, window_s: 10, open_s: 5 };

function opened(): CircuitBreaker {
  const breaker = new CircuitBreaker(RULE);
  for (let i = 0; i < 4; i++) breaker.record(1, true);
  return breaker;
}

describe('closed', () => {
  test.each([
    ['three failures are too few calls', 0, 3, 'closed'],
    ['four failures open it', 0, 4, 'open'],
    ['half of eight failed', 4, 4, 'open'],
    ['three of eight failed', 5, 3, 'closed'],
  ])('%s', (_name, successes, failures, state) => {
    const breaker = new CircuitBreaker(RULE);
    for (let i = 0; i < successes; i++) breaker.record(0, false);
    for (let i = 0; i < failures; i++) breaker.record(0, true);
    expect(breaker.state).toBe(state);
    expect(breaker.allows(0)).toBe(state === 'closed');
  });

  test('old failures are forgotten', () => {
    const breaker = new CircuitBreaker(RULE);
    for (let i = 0; i < 3; i++) breaker.record(0, true);
    breaker.record(10, true);
    expect(breaker.state).toBe('closed');
  });

  test('a share of calls that is a whole number is reached by that number', () => {
    // 0.07 × 100 is more than 7 in floating point.
    const breaker = new CircuitBreaker({ ...RULE, failureShare: 0.07, minCalls: 100 });
    for (let i = 0; i < 93; i++) breaker.record(0, false);
    for (let i = 0; i < 7; i++) breaker.record(0, true);
    expect(breaker.state).toBe('open');
  });
});

describe('open', () => {
  test('lets nothing through, and listens to nothing', () => {
    const breaker = opened();
    breaker.record(2, false);
    expect([1, 3, 5.99].map((now_s) => breaker.allows(now_s))).toEqual([false, false, false]);
    expect(breaker.state).toBe('open');
  });

  test('lets one probe through after its time, and a next one when that is lost', () => {
    const breaker = opened();
    expect([6, 6, 10, 11, 11].map((now_s) => breaker.allows(now_s))).toEqual([true, false, false, true, false]);
    expect(breaker.state).toBe('half-open');
  });
});

describe('half open', () => {
  test('a good probe closes it, with nothing remembered', () => {
    const breaker = opened();
    breaker.allows(6);
    breaker.record(6.5, false);
    for (let i = 0; i < 3; i++) breaker.record(6.5, true);
    expect(breaker.state).toBe('closed');
    expect(breaker.allows(6.5)).toBe(true);
  });

  test('a failed probe opens it again, for as long', () => {
    const breaker = opened();
    breaker.allows(6);
    breaker.record(7, true);
    expect(breaker.state).toBe('open');
    expect([11.9, 12].map((now_s) => breaker.allows(now_s))).toEqual([false, true]);
  });
});

test.each([
  [{ failureShare: 2 }, 'failureShare is a share from 0 to 1, not 2'],
  [{ window_s: 0 }, 'window_s is a finite number above 0, not 0'],
  [{ open_s: NaN }, 'open_s is a finite number above 0, not NaN'],
])('%o is refused', (wrong, message) => {
  expect(() => new CircuitBreaker({ ...RULE, ...wrong })).toThrow(message);
});
