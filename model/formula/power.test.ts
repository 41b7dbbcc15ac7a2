import { assert, double, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { powerOf } from './power.ts';

describe('powerOf', () => {
  it.each([
    [2, 10, 1024],
    [2, -2, 0.25],
    [10, 0, 1],
    [-3, 3, -27],
    [4, 0.5, 2],
    [0, 0.5, 0],
    [10, 400.5, Infinity],
    [10, -400.5, 0],
  ])('%d ^ %d = %d', (base, exponent, expected) => expect(powerOf(base, exponent)).toBeCloseTo(expected, 12));

  it('has no value for a root of a negative number', () => expect(powerOf(-1, 0.5)).toBeNaN());

  it('agrees with the platform to the last digits', () => {
    assert(
      property(
        double({ min: 1e-3, max: 1e3, noNaN: true }),
        double({ min: -20, max: 20, noNaN: true }),
        (base, exponent) => {
          expect(powerOf(base, exponent) / base ** exponent).toBeCloseTo(1, 11);
        },
      ),
    );
  });
});
