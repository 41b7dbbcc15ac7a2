import { describe, expect, test } from 'vitest';
import { createRandom } from '../../random/random.ts';
import { Stream } from './stream.ts';
import { EXPONENTIAL_ZIGGURAT, LAYERS, NORMAL_ZIGGURAT } from './ziggurat.ts';

const N = 200_000;
const draws = (draw: () => number): Float64Array => Float64Array.from({ length: N }, draw);
const mean = (sample: Float64Array, of: (x: number) => number): number =>
  sample.reduce((sum, x) => sum + of(x), 0) / sample.length;

test('draws the words of xoshiro128** that the plain generator draws', () => {
  const plain = createRandom(42, 'arrivals');
  const stream = new Stream(42, 'arrivals');
  for (let i = 0; i < 1000; i++) expect(stream.bits() >>> 0).toBe(plain.uint32());
});

test('always gives the same draws for a seed and a name', () => {
  const stream = new Stream(42, 'arrivals');
  // Pinned: a change here changes every simulation that was ever recorded with its seed.
  expect([stream.uniform(), stream.exponential(), stream.normal(), stream.below(1000)]).toEqual([
    0.0613529878574236, 0.37614459931096206, -1.1558927029995003, 466,
  ]);
  expect(new Stream(43, 'arrivals').bits()).not.toBe(new Stream(42, 'arrivals').bits());
  expect(new Stream(42, 'service').bits()).not.toBe(new Stream(42, 'arrivals').bits());
});

test('uniform fills [0, 1) evenly: chi-square over 100 cells', () => {
  const stream = new Stream(1, 'uniform');
  const cells = new Float64Array(100);
  for (let i = 0; i < N; i++) {
    const cell = stream.below(100);
    cells[cell] = (cells[cell] ?? 0) + 1;
  }
  const chi2 = cells.reduce((sum, count) => sum + (count - N / 100) ** 2 / (N / 100), 0);
  // 0.1 % points of chi-square with 99 degrees of freedom, both sides.
  expect(chi2).toBeGreaterThan(60);
  expect(chi2).toBeLessThan(149);
});

describe('exponential', () => {
  const stream = new Stream(1, 'exponential');
  const sample = draws(() => stream.exponential());

  test.each([
    ['mean', 1, (x: number) => x, 1],
    ['second moment', 2, (x: number) => x * x, Math.sqrt(20)],
    ['share beyond ln 2', 0.5, (x: number) => Number(x > Math.LN2), 0.5],
    // The tail of the ziggurat begins at 7.697.
    ['share in its tail', 4.5e-4, (x: number) => Number(x > 7.697117), Math.sqrt(4.5e-4)],
    ['share in its tail, a bit on', 1.67e-4, (x: number) => Number(x > 8.697), Math.sqrt(1.67e-4)],
  ])('%s is %d', (_name, expected, of, deviation) => {
    expect(Math.abs(mean(sample, of) - expected)).toBeLessThan((4 * deviation) / Math.sqrt(N));
  });
});

describe('normal', () => {
  const stream = new Stream(1, 'normal');
  const sample = draws(() => stream.normal());

  test.each([
    ['mean', 0, (x: number) => x, 1],
    ['variance', 1, (x: number) => x * x, Math.sqrt(2)],
    ['skewness', 0, (x: number) => x ** 3, Math.sqrt(15)],
    ['fourth moment', 3, (x: number) => x ** 4, Math.sqrt(96)],
    ['share within one deviation', 0.682689, (x: number) => Number(Math.abs(x) < 1), 0.4655],
    // The tail of the ziggurat begins at 3.654.
    ['share in its tails', 2.58e-4, (x: number) => Number(Math.abs(x) > 3.654153), Math.sqrt(2.58e-4)],
  ])('%s is %d', (_name, expected, of, deviation) => {
    expect(Math.abs(mean(sample, of) - expected)).toBeLessThan((4 * deviation) / Math.sqrt(N));
  });

  test('its tail falls off as a normal one, not as an exponential one', () => {
    let [sum, count] = [0, 0];
    for (let i = 0; i < 10_000_000; i++) {
      const excess = Math.abs(stream.normal()) - NORMAL_ZIGGURAT.tail;
      if (excess <= 0) continue;
      sum += excess;
      count++;
    }
    // φ(r) / Q(r) - r at r = 3.654; an exponential of the same slope there has 1 / r = 0.2737.
    expect(Math.abs(sum / count - 0.2429)).toBeLessThan(0.01);
  });
});

test.each([
  ['exponential', EXPONENTIAL_ZIGGURAT, (x: number) => 1 - Math.exp(-x)],
  // The integral of the density's series; it need not be normalised.
  ['normal', NORMAL_ZIGGURAT, (x: number) => x - x ** 3 / 6 + x ** 5 / 40],
] as const)('the topmost layer of the %s ziggurat slopes like its density', (kind, { edges }, area) => {
  const stream = new Stream(2, kind);
  const width = edges[LAYERS - 1] ?? 0;
  let [near, all] = [0, 0];
  for (let i = 0; i < 4_000_000; i++) {
    const x = Math.abs(stream[kind]());
    if (x < width / 2) near++;
    if (x < width) all++;
  }
  // Without the rejection it would be flat, and this a half.
  expect(Math.abs(near / all - area(width / 2) / area(width))).toBeLessThan(3 * Math.sqrt(0.25 / all));
});
