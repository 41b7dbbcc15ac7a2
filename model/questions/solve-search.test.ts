import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestMet, reachOf } from './solve-search.ts';
import type { Search } from './solve-search.ts';

function search(excess: (x: number) => number, change: Partial<Search> = {}): Search {
  const shortfall = (x: number): number => (Number.isFinite(excess(x)) ? excess(x) : Infinity);
  const bounds = { start: 100, low: 0, high: 1e8, whole: false, unitFactor: 1 };
  return { ...bounds, met: (x) => shortfall(x) <= 0, shortfall, ...change };
}

function found(request: Search): number {
  const result = nearestMet(request);
  if (!('met' in result)) throw new Error(`not met, at ${result.closest} closest`);
  return result.met;
}

describe('the nearest value that meets', () => {
  it.each([
    ['is the start, where that does', (x: number) => x - 200, {}, 100],
    ['above', (x: number) => 5000 - x, {}, 5000],
    ['below', (x: number) => x - 3, {}, 3],
    ['at most the upper bound', (x: number) => 250 - x, { high: 250 }, 250],
    ['at least the lower bound', (x: number) => x - 1, { low: 1 }, 1],
    ['zero itself', (x: number) => x, {}, 0],
    ['a whole one', (x: number) => 123.4 - x, { whole: true }, 124],
    ['a whole one below', (x: number) => x - 7.9, { whole: true, low: 1 }, 7],
    ['far away', (x: number) => 9_999_999 - x, { whole: true }, 9_999_999],
    ['from 0', (x: number) => 42 - x, { start: 0 }, 42],
    ['from below 0', (x: number) => 5 - x, { start: -10, low: -1e6 }, 5],
    ['across 0', (x: number) => x + 20, { low: -1e6 }, -20],
    ['of two sides, the nearer', (x: number) => Math.min(x - 80, 170 - x), {}, 80],
    ['from outside the bounds', (x: number) => x - 12, { high: 50 }, 12],
    ['beyond where there is no value', (x: number) => (x < 150 ? Number.NaN : 160 - x), {}, 160],
  ])('%s', (_name, excess, change, value) => {
    expect(found(search(excess, change))).toBeCloseTo(value, 6);
  });

  it('has four digits of the unit, and meets as it is written', () => {
    const third = search((x) => 1 / 3 - x, { start: 0.1, unitFactor: 0.01 });
    expect(found(third)).toBe(33.34 * 0.01);
    const below = search((x) => x - 2 / 3, { start: 1 });
    expect(found(below)).toBe(0.6666);
  });

  it('is found in a window that the strides step over', () => {
    const peak = search((x) => Math.abs(x - 1234.5) - 1, { whole: true });
    expect(found(peak)).toBe(1234);
  });

  it('is not there, and the closest is', () => {
    expect(nearestMet(search((x) => 1 + Math.abs(x - 1234), { whole: true }))).toEqual({ closest: 1234 });
    expect(nearestMet(search(() => Infinity))).toHaveProperty('closest');
    const falling = nearestMet(search((x) => 1 + 1 / x, { high: 1e6 }));
    expect(falling).toEqual({ closest: 1e6 });
  });

  it('meets, and 1 % less of a change does not', () => {
    const exponent = fc.double({ min: -5, max: 5, noNaN: true });
    fc.assert(
      fc.property(exponent, fc.boolean(), fc.double({ min: 0.5, max: 3, noNaN: true }), (e, down, power) => {
        const target = 100 * 10 ** e;
        const sign = target > 100 ? 1 : -1;
        const curve = (x: number): number => sign * (target ** power - x ** power) * (down ? 1 : 1e-3);
        const request = search(curve, { low: 1e-6 });
        const value = found(request);
        expect(request.met(value)).toBe(true);
        if (Math.abs(target / 100 - 1) > 0.02) expect(request.met(value * (1 - sign * 0.01))).toBe(false);
      }),
    );
  });

  it('is the exact count', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e8 }), fc.integer({ min: 1, max: 1e6 }), (target, start) => {
        const up = search((x) => target - x, { start, low: 1, whole: true });
        expect(found(up)).toBe(Math.max(target, start));
        const down = search((x) => x - target, { start, low: 1, whole: true });
        expect(found(down)).toBe(Math.min(target, start));
      }),
    );
  });
});

describe('the reach of a goal that is met', () => {
  it.each([
    ['upwards', (x: number) => x - 2500, {}, { from: null, to: 2500 }],
    ['downwards', (x: number) => 7 - x, {}, { from: 7, to: null }],
    ['both ways', (x: number) => Math.abs(x - 100) - 50, {}, { from: 50, to: 150 }],
    ['in whole values', (x: number) => x - 130.7, { whole: true }, { from: null, to: 130 }],
    ['without an end', () => -1, {}, { from: null, to: null }],
  ])('%s', (_name, excess, change, reach) => {
    expect(reachOf(search(excess, change))).toEqual(reach);
  });
});
