import { expect, test } from 'vitest';
import { createRandom } from './random.ts';

function draw(seed: number): number[] {
  const random = createRandom(seed);
  return Array.from({ length: 5 }, () => random.whole(1_000_000));
}

test('a seed yields the same numbers each time, another seed others', () => {
  expect(draw(42)).toEqual(draw(42));
  expect(draw(42)).not.toEqual(draw(43));
  expect(draw(2 ** 40)).not.toEqual(draw(0));
});

test('fractions cover [0, 1) evenly', () => {
  const random = createRandom(1);
  const counts = new Map<number, number>();
  for (let n = 0; n < 100_000; n += 1) {
    const tenth = random.whole(10);
    counts.set(tenth, (counts.get(tenth) ?? 0) + 1);
  }
  // Five standard deviations of a binomial count (n = 100,000, p = 0.1) are about 475.
  for (let tenth = 0; tenth < 10; tenth += 1) expect(Math.abs((counts.get(tenth) ?? 0) - 10_000)).toBeLessThan(475);
});
