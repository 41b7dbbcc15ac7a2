import { assert, double, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeAnswer } from './judge-answer.ts';

describe('judgeAnswer', () => {
  it.each([
    [7_000, 6_944, 'Right, and close.'],
    [8_600, 6_944, 'Right, and close.'],
    [12_000, 6_944, 'Right: the same order of magnitude, a little high.'],
    [2_300, 6_944, 'Right: the same order of magnitude, a little low.'],
    [600_000, 6_944, 'Not yet: too high by a factor of 86, about two orders of magnitude.'],
    [1_000, 6_944, 'Not yet: too low by a factor of 6.9, about one order of magnitude.'],
    [1, 1e12, 'Not yet: too low by a factor of more than a million, about many orders of magnitude.'],
  ])('%d for %d', (given, truth, says) => expect(judgeAnswer(given, truth).says).toBe(says));

  it.each([
    [0.8, 0.82, 'Right, and close.'],
    [0.5, 0.82, 'Right: the same order of magnitude, a little low.'],
    [0.3, 0.82, 'Not yet: too low. What is missing from the whole is off by a factor of 3.9.'],
    [0.9999, 0.9986, 'Not yet: too high. What is missing from the whole is off by a factor of 14.'],
    [1, 0.9986, 'Not yet: something is missing from the whole.'],
    [0.02, 0.5, 'Not yet: too low by a factor of 25, about one order of magnitude.'],
    [4, 4.9, 'Right, and close.'],
  ])('%d for the share %d', (given, truth, says) =>
    expect(judgeAnswer(given, truth, { isShare: true }).says).toBe(says),
  );

  it('takes the truth for right and close, whatever it is', () => {
    const truths = property(double({ min: 1e-9, max: 1e18, noNaN: true }), (truth) => {
      expect(judgeAnswer(truth, truth)).toMatchObject({ right: true, close: true, orders: 0 });
      expect(judgeAnswer(truth, truth, { isShare: true })).toMatchObject({ right: true, close: true });
    });
    expect(() => assert(truths)).not.toThrow();
  });

  it('draws the line at half an order of magnitude', () => {
    expect(judgeAnswer(3.16, 1).right).toBe(true);
    expect(judgeAnswer(3.17, 1).right).toBe(false);
    expect(judgeAnswer(1, 3.16).right).toBe(true);
    expect(judgeAnswer(1, 3.17).right).toBe(false);
  });
});
