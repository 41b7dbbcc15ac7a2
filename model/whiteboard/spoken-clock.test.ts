import { describe, expect, it } from 'vitest';
import { clockCalls, clockSays, timeInWords } from './spoken-clock.ts';

describe('timeInWords', () => {
  it.each([
    [0, '0 seconds'],
    [1, '1 second'],
    [45.4, '45 seconds'],
    [60, '1 minute'],
    [130, '2 minutes 10 seconds'],
    [300, '5 minutes'],
  ])('%d s are %s', (time_s, words) => expect(timeInWords(time_s)).toBe(words));
});

describe('clockSays', () => {
  it.each([
    [130, 300, '2 minutes 10 seconds so far; 2 minutes 50 seconds left.'],
    [300, 300, '5 minutes: time is up.'],
    [330, 300, '5 minutes 30 seconds: 30 seconds over.'],
    [90, null, '1 minute 30 seconds so far; this box has no limit.'],
  ])('after %d s of %s', (taken_s, allowed_s, says) => expect(clockSays(taken_s, allowed_s)).toBe(says));
});

describe('clockCalls', () => {
  it('speaks at half time, a minute before the end, and at the end', () => {
    expect(clockCalls(300).map(({ at_s }) => at_s)).toEqual([150, 240, 300]);
    expect(clockCalls(300)[0]?.says).toBe('Half time: 2 minutes 30 seconds left.');
  });

  it('does not say the same twice in a box of two minutes', () => {
    expect(clockCalls(120).map(({ at_s }) => at_s)).toEqual([60, 120]);
  });

  it('is silent where no time is set', () => expect(clockCalls(null)).toEqual([]));
});
