import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js';
import { expect, test } from 'vitest';
import * as h from './histogram.ts';

const filled = (...values: number[]): h.Histogram => {
  const histogram = h.createHistogram();
  for (const value of values) h.record(histogram, value);
  return histogram;
};

test('percentiles, mean and maximum keep three significant digits from 1 µs to 10 min', () => {
  for (const value of [1, 999, 12_345, 1_234_567, 600_000_000]) {
    const histogram = filled(value);
    for (const figure of [h.percentile(histogram, 50), h.mean(histogram), h.max(histogram)]) {
      expect(Math.abs(figure / value - 1)).toBeLessThan(0.001);
    }
  }
  const thousand = filled(...Array.from({ length: 1000 }, (_, i) => i + 1));
  expect([50, 95, 99, 100].map((p) => h.percentile(thousand, p))).toEqual([500, 950, 990, 1000]);
});

test('without samples every figure is 0', () => {
  const empty = h.createHistogram();
  expect([h.percentile(empty, 99), h.mean(empty), h.max(empty), h.sampleCount(empty)]).toEqual([0, 0, 0, 0]);
  expect(h.sampleCount(h.decode(h.encode(empty)))).toBe(0);
});

test('what is beyond the range counts at its end; NaN throws', () => {
  expect(h.percentile(filled(1e12), 50)).toBeGreaterThanOrEqual(h.HIGHEST_US);
  expect(h.percentile(filled(-5), 50)).toBe(0);
  expect(() => filled(NaN)).toThrow(RangeError);
});

test('merging is as if all had been recorded in one', () => {
  const both = filled(1, 50, 1e6);
  const into = filled(1);
  h.merge(into, filled(50, 1e6));
  expect(h.encode(into)).toBe(h.encode(both));
  const many = h.createHistogram();
  h.recordMany(many, 70, 3);
  expect(h.encode(many)).toBe(h.encode(filled(70, 70, 70)));
});

test('counts at or below a value, exactly on borders, never too many', () => {
  const histogram = filled(10, 20, 20, 30, 5000, 100_000);
  expect([9, 10, 20, 29.9, 30, 4999].map((value) => h.countAtOrBelow(histogram, value))).toEqual([0, 1, 3, 3, 4, 4]);
  expect(h.countAtOrBelow(histogram, 5_010)).toBe(5);
  expect(h.countAtOrBelow(histogram, 99_000)).toBe(5);
  expect(h.countAtOrBelow(histogram, 101_000)).toBe(6);
  expect(h.countAtOrBelow(histogram, 1e12)).toBe(6);
  expect(h.countAtOrBelow(histogram, -1)).toBe(0);
});

test('survives encoding, and other text is refused', () => {
  const histogram = filled(1, 2, 3, 40_000, 599_000_000);
  const again = h.decode(h.encode(histogram));
  expect([25, 50, 75, 100].map((p) => h.percentile(again, p))).toEqual(
    [25, 50, 75, 100].map((p) => h.percentile(histogram, p)),
  );
  h.merge(again, histogram);
  expect(h.sampleCount(again)).toBe(10);
  expect(() => h.decode('bm90IG9uZQ==')).toThrow(RangeError);
});

test('what was recorded elsewhere beyond the range is refused, as it cannot be merged', () => {
  const wider = build({ lowestDiscernibleValue: 1, highestTrackableValue: 2e12, numberOfSignificantValueDigits: 3 });
  wider.recordValue(h.HIGHEST_US);
  h.merge(h.createHistogram(), h.decode(encodeIntoCompressedBase64(wider)));
  wider.recordValue(1e12);
  expect(() => h.decode(encodeIntoCompressedBase64(wider))).toThrow('up to ten minutes');
});

test('writes the V2 compressed form', () => {
  // Its cookie, 0x1c849314 (HdrHistogram, EncodableHistogram).
  expect(h.encode(filled(1)).startsWith('HISTFA')).toBe(true);
});
