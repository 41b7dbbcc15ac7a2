import { array, assert, constantFrom, double, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DistributionName } from './range.ts';
import { rankClasses } from './rank-classes.ts';
import { sample, type Evaluate } from './sample.ts';
import { varianceShares, type VarianceShares } from './variance-shares.ts';

const NAMES = ['a', 'b', 'c', 'd'];

interface Case {
  readonly evaluate: Evaluate;
  readonly half?: number;
  readonly distribution?: DistributionName;
  readonly samples?: number;
  readonly seed?: number;
}

/** Shares for a model of four inputs, each symmetric about 0 with the given half width. */
function sharesOf({ evaluate, half = 1, distribution = 'uniform', samples = 10_000, seed = 1 }: Case): VarianceShares {
  const range = { low: -half, value: 0, high: half, distribution };
  const { inputs, outputs } = sample({
    inputs: NAMES.map((id) => ({ id, range })),
    outputs: 1,
    samples,
    seed,
    evaluate,
  });
  const classes = inputs.map((column, i) => rankClasses(NAMES[i] ?? '', column));
  return varianceShares(outputs[0] ?? new Float64Array(), classes);
}

const shareOf = ({ ranking }: VarianceShares, name: string): number =>
  ranking.find((each) => each.name === name)?.share ?? NaN;

/** In the order in which the contract adds. */
const total = ({ ranking, together }: VarianceShares): number =>
  ranking.reduce((sum, { share }) => sum + share, 0) + together;

describe('a linear model', () => {
  const linear: Evaluate = ([a = 0, b = 0, c = 0], y) => y.fill(3 * a - 2 * b + c + 40);

  it.each(['uniform', 'triangular', 'pert', 'normal'] as const)('with %s inputs: a_i² of the sum', (distribution) => {
    const shares = sharesOf({ evaluate: linear, distribution });
    expect(shares.ranking.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd']);
    expect(Math.abs(shareOf(shares, 'a') - 9 / 14)).toBeLessThan(0.02);
    expect(Math.abs(shareOf(shares, 'b') - 4 / 14)).toBeLessThan(0.02);
    expect(Math.abs(shareOf(shares, 'c') - 1 / 14)).toBeLessThan(0.02);
    expect(shareOf(shares, 'd')).toBeLessThan(0.003);
    expect(shares.together).toBeLessThan(0.03);
  });

  it('without the samples that are not finite, and with fewer classes then', () => {
    const overloaded: Evaluate = ([a = 0, b = 0, c = 0, d = 0], y) =>
      y.fill(d > -0.9 ? ([Infinity, NaN, -Infinity][Math.floor((d + 1) * 1.5)] ?? 0) : 3 * a - 2 * b + c);
    // 5 % are left.
    const shares = sharesOf({ evaluate: overloaded });
    expect(Math.abs(shareOf(shares, 'a') - 9 / 14)).toBeLessThan(0.1);
    expect(Math.abs(shareOf(shares, 'b') - 4 / 14)).toBeLessThan(0.1);
    expect(shareOf(shares, 'd')).toBeLessThan(0.03);
  });
});

describe('the function of Ishigami and Homma', () => {
  // Shares 0.3139, 0.4424, 0 and 0.2437 together, for a = 7, b = 0.1: Saltelli et al., Global Sensitivity Analysis, 2008.
  const evaluate: Evaluate = ([a = 0, b = 0, c = 0], y) =>
    y.fill(Math.sin(a) + 7 * Math.sin(b) ** 2 + 0.1 * c ** 4 * Math.sin(a));
  const expected = { a: 0.3139, b: 0.4424, c: 0, d: 0 };
  const runs = Array.from({ length: 20 }, (_, seed) => sharesOf({ evaluate, half: Math.PI, seed }));

  it.each(Object.entries(expected))('gives %s the share %d, within 0.02 in one run', (name, share) => {
    const [run] = runs;
    expect(run && Math.abs(shareOf(run, name) - share)).toBeLessThan(0.02);
  });

  it.each(Object.entries(expected))('gives %s the share %d, within 0.005 on average', (name, share) => {
    const mean = runs.reduce((sum, run) => sum + shareOf(run, name), 0) / runs.length;
    expect(Math.abs(mean - share)).toBeLessThan(0.005);
  });

  it('leaves 0.2437 to a and c together', () => {
    const mean = runs.reduce((sum, { together }) => sum + together, 0) / runs.length;
    expect(Math.abs(mean - 0.2437)).toBeLessThan(0.005);
  });
});

describe('the parts', () => {
  it('make exactly 1, none below 0, whatever the output', () => {
    const output = array(constantFrom(0, 1, 2, 1e-300, 1e300, Infinity, NaN), { minLength: 40, maxLength: 40 });
    const input = array(double({ min: 0, max: 1, noNaN: true }), { minLength: 40, maxLength: 40 });
    const check = property(output, array(input, { minLength: 1, maxLength: 12 }), (y, columns) => {
      const classes = columns.map((column, i) => rankClasses(`x${i}`, Float64Array.from(column)));
      const shares = varianceShares(Float64Array.from(y), classes);
      if (shares.ranking.length === 0) return;
      expect(total(shares)).toBe(1);
      expect(shares.together).toBeGreaterThanOrEqual(0);
      expect(shares.ranking.every(({ share }) => share >= 0)).toBe(true);
    });
    expect(() => assert(check, { numRuns: 500 })).not.toThrow();
  });

  it('are scaled down in proportion where inputs are not independent', () => {
    const column = Float64Array.from({ length: 1000 }, (_, i) => (i * 7) % 1000);
    const shares = varianceShares(
      column,
      ['b', 'c', 'a'].map((name) => rankClasses(name, column)),
    );
    expect(shares.ranking.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    for (const { share } of shares.ranking) expect(share).toBeCloseTo(1 / 3, 12);
    expect(total(shares)).toBe(1);
  });

  it('of a product are all interaction', () => {
    const shares = sharesOf({ evaluate: ([a = 0, b = 0], y) => y.fill(a * b) });
    expect(shares.together).toBeGreaterThan(0.98);
  });

  it('do not change when the output is scaled out of the range of its squares', () => {
    const run = (scale: number): VarianceShares =>
      sharesOf({ evaluate: ([a = 0, b = 0], y) => y.fill((a + b) * scale) });
    // Powers of two, which round nothing.
    expect(run(2 ** 900)).toEqual(run(1));
    expect(run(2 ** -900)).toEqual(run(1));
  });
});

describe('nothing to explain', () => {
  const inputs = [rankClasses('a', Float64Array.of(1, 2, 3))];

  it.each([
    ['a constant', [0.1, 0.1, 0.1]],
    ['a single number', [Infinity, 4, NaN]],
    ['no number', [NaN, NaN, Infinity]],
    ['a spread that overflows', [-1.7e308, 1.7e308, 0]],
  ])('%s has no ranking', (_, output) => {
    expect(varianceShares(Float64Array.from(output), inputs)).toEqual({ ranking: [], together: 0 });
  });

  it('an input without variance has no share', () => {
    const output = Float64Array.from({ length: 100 }, (_, i) => i);
    const shares = varianceShares(output, [rankClasses('fixed', new Float64Array(100).fill(3))]);
    expect(shares).toEqual({ ranking: [{ name: 'fixed', share: 0 }], together: 1 });
  });

  it('columns of different lengths are refused', () => {
    expect(() => varianceShares(new Float64Array(4), inputs)).toThrow(RangeError);
  });
});
