import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { HIGHEST_US, createHistogram } from '../../observation/histogram.ts';
import { bucketCount, bucketLow, bucketOf, bucketWidth } from './bucket.ts';

const POWERS = Array.from({ length: 30 }, (_, power) => 2 ** power).flatMap((value) => [value - 1, value, value + 1]);
const values = fc.oneof(fc.integer({ min: 0, max: HIGHEST_US }), fc.constantFrom(...POWERS), fc.nat(5000));

test('with 10 bits, buckets are those of the histogram', () => {
  const histogram = createHistogram();
  fc.assert(
    fc.property(values, (value) => {
      const bucket = bucketOf(value, 10);
      expect(bucket).toBe(histogram.countsArrayIndex(value));
      expect(bucketLow(bucket, 10)).toBe(histogram.lowestEquivalentValue(value));
      expect(bucketWidth(bucket, 10)).toBe(histogram.sizeOfEquivalentValueRange(value));
    }),
  );
});

test('a bucket holds its value, and is narrow', () => {
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 10 }), (value, bits) => {
      const bucket = bucketOf(value, bits);
      const low = bucketLow(bucket, bits);
      expect(value).toBeGreaterThanOrEqual(low);
      expect(value).toBeLessThan(low + bucketWidth(bucket, bits));
      expect(bucketWidth(bucket, bits) - 1).toBeLessThanOrEqual(value / 2 ** bits);
      expect(bucket).toBeLessThan(bucketCount(bits));
    }),
  );
});

test.each([
  [0, 5, 0],
  [63, 5, 63],
  [64, 5, 64],
  [65, 5, 64],
  [127, 5, 95],
  [128, 5, 96],
])('%d with %d bits is in bucket %d', (value, bits, bucket) => {
  expect(bucketOf(value, bits)).toBe(bucket);
});
