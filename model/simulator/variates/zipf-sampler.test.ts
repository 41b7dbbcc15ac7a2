import { describe, expect, test } from 'vitest';
import { shareOfTop } from '../../laws/caching/zipf-popularity.ts';
import { Stream } from './stream.ts';
import { ZipfSampler } from './zipf-sampler.ts';

const N = 200_000;

describe.each([10, 1000])('%d ranks', (count) => {
  test.each([0, 0.5, 0.8, 0.99, 1, 1.2, 3])('are drawn as 1 / k^%d says', (exponent) => {
    const weights = Array.from({ length: count }, (_, k) => (k + 1) ** -exponent);
    const total = weights.reduce((sum, weight) => sum + weight);
    const sampler = new ZipfSampler(count, exponent);
    const stream = new Stream(3, 'zipf');
    const counts = new Float64Array(count);
    for (let i = 0; i < N; i++) {
      const rank = sampler.sample(stream) - 1;
      counts[rank] = (counts[rank] ?? 0) + 1;
    }
    const { statistic, cells } = chiSquare(
      counts,
      weights.map((weight) => (N * weight) / total),
    );
    const freedom = cells - 1;
    // 0.1 % point of chi-square, by Wilson and Hilferty.
    expect(statistic).toBeLessThan(freedom * (1 - 2 / (9 * freedom) + 3.09 * Math.sqrt(2 / (9 * freedom))) ** 3);
  });
});

/** Over cells of at least 10 expected draws; ranks are joined until there are as many. */
function chiSquare(counts: Float64Array, expected: readonly number[]): { statistic: number; cells: number } {
  let [statistic, cells, observed, due] = [0, 0, 0, 0];
  for (const [i, share] of expected.entries()) {
    observed += counts[i] ?? 0;
    due += share;
    if (due < 10 && i < expected.length - 1) continue;
    statistic += (observed - due) ** 2 / due;
    cells++;
    [observed, due] = [0, 0];
  }
  return { statistic, cells };
}

test.each([0, 0.8, 1 - 1e-9, 1, 1 + 1e-9, 1.2, 2, 10])(
  'a billion ranks with exponent %d: the head gets its share',
  (exponent) => {
    const count = 1_000_000_000;
    const sampler = new ZipfSampler(count, exponent);
    const stream = new Stream(5, 'billion');
    const ranks = Float64Array.from({ length: 50_000 }, () => sampler.sample(stream));
    expect(ranks.every((rank) => Number.isInteger(rank) && rank >= 1 && rank <= count)).toBe(true);
    for (const top of [1, 1000, 1_000_000, 300_000_000]) {
      const share = ranks.filter((rank) => rank <= top).length / ranks.length;
      expect(Math.abs(share - shareOfTop(count, exponent, top))).toBeLessThan(4 * Math.sqrt(0.25 / ranks.length));
    }
  },
);

/** A stream whose uniform draws are all the same. */
class Constant extends Stream {
  readonly #value: number;

  constructor(value: number) {
    super(1, 'constant');
    this.#value = value;
  }

  override uniform(): number {
    return this.#value;
  }
}

test.each([1e-16, 0.8, 1, 2, 10])('the least and the largest draw still give ranks, exponent %d', (exponent) => {
  for (const count of [1, 2, 1000, 1_000_000_000]) {
    const sampler = new ZipfSampler(count, exponent);
    expect(sampler.sample(new Constant(0))).toBe(count);
    expect(sampler.sample(new Constant(1 - 2 ** -53))).toBe(1);
  }
});

test('one rank is always drawn', () => {
  for (const exponent of [0, 1, 2]) expect(new ZipfSampler(1, exponent).sample(new Stream(1, 'one'))).toBe(1);
});

test('refuses key spaces that are empty or too large, and exponents that are negative or too steep', () => {
  for (const count of [0, 1.5, 1e10, NaN]) expect(() => new ZipfSampler(count, 1)).toThrow(RangeError);
  for (const exponent of [-1, 11, NaN]) expect(() => new ZipfSampler(10, exponent)).toThrow(RangeError);
});
