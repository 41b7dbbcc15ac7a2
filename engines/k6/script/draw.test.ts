import { expect, test } from 'vitest';
import { drawClass, drawRow, uniformsOf } from './draw.ts';

const DRAWS = 20_000;

/** How often each of `n` outcomes was drawn, of `DRAWS`. */
function counts(n: number, draw: (request: number) => number): number[] {
  const found = Array.from({ length: n }, () => 0);
  for (let request = 0; request < DRAWS; request++) {
    const outcome = draw(request);
    found[outcome] = (found[outcome] ?? 0) + 1;
  }
  return found;
}

/** Pearson's statistic of counts against probabilities, in standard deviations of its chi-squared distribution. */
function deviation(found: readonly number[], shares: readonly number[]): number {
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const statistic = found.reduce((sum, count, i) => {
    const expected = (DRAWS * (shares[i] ?? 0)) / whole;
    return sum + (count - expected) ** 2 / expected;
  }, 0);
  const freedom = shares.length - 1;
  return (statistic - freedom) / Math.sqrt(2 * freedom);
}

test('a request is the same whoever draws it, and others are others', () => {
  const first = uniformsOf(7, 12_345);
  const again = uniformsOf(7, 12_345);
  const drawn = Array.from({ length: 5 }, first);
  expect(drawn).toEqual(Array.from({ length: 5 }, again));
  expect(
    new Set([...drawn, uniformsOf(8, 12_345)(), uniformsOf(7, 12_346)(), uniformsOf(7, 2 ** 32 + 12_345)()]).size,
  ).toBe(8);
});

test('classes come by their shares', () => {
  const found = counts(3, (n) => drawClass([0.7, 0.9, 1], uniformsOf(1, n)));
  expect(Math.abs(deviation(found, [0.7, 0.2, 0.1]))).toBeLessThan(5);
});

test.each([0, 0.5, 1, 1.3, 3])('zipf with an exponent of %d follows its law', (exponent) => {
  const rows = 40;
  const feed = { pick: 'zipf', exponent, rows } as const;
  const found = counts(rows, (n) => drawRow(feed, n, uniformsOf(2, n)));
  const law = Array.from({ length: rows }, (_, k) => (k + 1) ** -exponent);
  // Ranks that are hardly ever drawn say nothing by Pearson's measure: they are taken together.
  const tail = (values: readonly number[]): number[] => [
    ...values.slice(0, 9),
    values.slice(9).reduce((a, b) => a + b, 0),
  ];
  expect(deviation(tail(found), tail(law))).toBeLessThan(5);
});

test('uniform rows are equally likely, sequential ones come in turn, and a feed may have a single row', () => {
  const uniform = counts(10, (n) => drawRow({ pick: 'uniform', exponent: 0, rows: 10 }, n, uniformsOf(3, n)));
  expect(
    deviation(
      uniform,
      Array.from({ length: 10 }, () => 1),
    ),
  ).toBeLessThan(5);
  const u = uniformsOf(1, 1);
  expect([0, 1, 2, 3].map((n) => drawRow({ pick: 'sequential', exponent: 0, rows: 3 }, n, u))).toEqual([0, 1, 2, 0]);
  for (const pick of ['uniform', 'zipf', 'sequential'] as const) {
    expect(drawRow({ pick, exponent: 1, rows: 1 }, 5, u)).toBe(0);
  }
});
