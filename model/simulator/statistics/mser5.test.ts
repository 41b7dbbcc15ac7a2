import { array, assert, double, property } from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from '../../random/random.ts';
import { autoregressive } from '../testing/autoregressive.ts';
import { mser5 } from './mser5.ts';

const noise = (seed: number, length: number): number[] => autoregressive(0, 0, length, createRandom(seed, 'noise'));

test('a jump is cut exactly', () => {
  expect(mser5(Array.from({ length: 200 }, (_, i) => (i < 30 ? 10 : i % 2)))).toBe(30);
  expect(mser5(Array.from({ length: 200 }, (_, i) => (i < 28 ? 10 : 0)))).toBe(30);
});

test.each([
  ['nothing', []],
  ['a few values', [9, 1, 1, 1]],
  ['a level series', Array.from({ length: 100 }, () => 3)],
])('nothing is cut of %s', (_, series) => {
  expect(mser5(series)).toBe(0);
});

test('a decaying start is cut where it is no longer seen, and noise is hardly cut', () => {
  const cuts = Array.from({ length: 50 }, (_, seed) =>
    // Ten deviations above its level at first, a tenth of one after 92 values.
    mser5(noise(seed, 1_000).map((value, i) => value + 10 * Math.exp(-i / 20))),
  ).toSorted((a, b) => a - b);
  expect(cuts[25]).toBeGreaterThanOrEqual(40);
  expect(cuts[25]).toBeLessThanOrEqual(100);
  const ofNoise = Array.from({ length: 50 }, (_, seed) => mser5(noise(seed, 1_000))).toSorted((a, b) => a - b);
  expect(ofNoise[25]).toBeLessThan(100);
});

test('a series that never settles is cut in half', () => {
  expect(mser5(Array.from({ length: 100 }, (_, i) => i))).toBe(50);
});

test('it minimises the marginal standard error over every cut it may make', () => {
  const series = array(double({ min: 0, max: 100, noNaN: true }), { minLength: 10, maxLength: 60 });
  assert(
    property(series, (values) => {
      const errors = new Map<number, number>();
      const whole = values.length - (values.length % 5);
      for (let cut = 0; cut <= Math.floor(whole / 10) * 5; cut += 5) errors.set(cut, errorAfter(values, cut, whole));
      const best = Math.min(...errors.values());
      expect(errors.get(mser5(values))).toBeLessThanOrEqual(best * (1 + 1e-9) + 1e-12);
    }),
  );
});

function errorAfter(values: readonly number[], cut: number, whole: number): number {
  const means: number[] = [];
  for (let i = cut; i < whole; i += 5) means.push(values.slice(i, i + 5).reduce((sum, value) => sum + value, 0) / 5);
  const mean = means.reduce((sum, value) => sum + value, 0) / means.length;
  return means.reduce((sum, value) => sum + (value - mean) ** 2, 0) / means.length ** 2;
}
