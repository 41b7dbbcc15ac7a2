import { HIGHEST_US } from '../../observation/histogram.ts';

/**
 * Buckets of a value that widen with it: 2^(bits + 1) of width 1, then 2^bits for every doubling, so that a bucket is at
 * most 2^-bits of its values wide. With 10 bits they are those of an HdrHistogram with three significant digits.
 */
export function bucketOf(value: number, bits: number): number {
  const doublings = Math.max(0, 31 - bits - Math.clz32(value));
  return (doublings << bits) + (value >>> doublings);
}

/** Least value of a bucket. */
export function bucketLow(bucket: number, bits: number): number {
  const doublings = doublingsOf(bucket, bits);
  return (bucket - (doublings << bits)) << doublings;
}

/** Whole values that fall into a bucket. */
export function bucketWidth(bucket: number, bits: number): number {
  return 1 << doublingsOf(bucket, bits);
}

/** Buckets from 0 µs to the highest latency that is told apart. */
export function bucketCount(bits: number): number {
  return bucketOf(HIGHEST_US, bits) + 1;
}

function doublingsOf(bucket: number, bits: number): number {
  return Math.max(0, (bucket >>> bits) - 1);
}
