import { Int32Histogram, JsHistogram, decodeFromCompressedBase64, encodeIntoCompressedBase64 } from 'hdr-histogram-js';
import type { EncodedHistogram } from './observation.ts';

/** Latencies in µs: 1 µs to 10 min with 3 significant digits (HdrHistogram, G. Tene). 86 KB whatever it holds. */
export type Histogram = JsHistogram;

const LOWEST_US = 1;
/** Values above count as this: ten minutes. */
export const HIGHEST_US = 600_000_000;
const SIGNIFICANT_DIGITS = 3;

export function createHistogram(): Histogram {
  return new Int32Histogram(LOWEST_US, HIGHEST_US, SIGNIFICANT_DIGITS);
}

/** Records one latency in µs; rounded to whole µs and clamped to the range. NaN is the caller's mistake and throws. */
export function record(histogram: Histogram, value_us: number): void {
  if (Number.isNaN(value_us)) throw new RangeError('a latency is a number, not NaN');
  histogram.recordValue(Math.min(Math.max(Math.round(value_us), 0), HIGHEST_US));
}

/** Records `count` equal latencies at once. */
export function recordMany(histogram: Histogram, value_us: number, count: number): void {
  if (Number.isNaN(value_us)) throw new RangeError('a latency is a number, not NaN');
  if (count > 0) histogram.recordValueWithCount(Math.min(Math.max(Math.round(value_us), 0), HIGHEST_US), count);
}

/** Adds all samples of `from` to `into`. */
export function merge(into: Histogram, from: Histogram): void {
  into.add(from);
}

/** All samples, each bucket that has some as two numbers: its index and its count. */
export function bucketsOf(histogram: Histogram): Int32Array {
  const end = histogram.totalCount === 0 ? 0 : histogram.countsArrayIndex(histogram.maxValue) + 1;
  const buckets = new Int32Array(2 * end);
  let used = 0;
  for (let index = 0; index < end; index++) {
    const count = histogram.getCountAtIndex(index);
    if (count === 0) continue;
    buckets[used++] = index;
    buckets[used++] = count;
  }
  return buckets.slice(0, used);
}

/** Adds samples that `bucketsOf` gave. Percentiles are then as if all had been recorded in one; the maximum is so to its precision. */
export function addBuckets(into: Histogram, buckets: Int32Array): void {
  for (let i = 0; i + 1 < buckets.length; i += 2) {
    into.recordValueWithCount(into.valueFromIndex(buckets[i] ?? 0), buckets[i + 1] ?? 0);
  }
}

/** Number of samples. */
export function sampleCount(histogram: Histogram): number {
  return histogram.totalCount;
}

/** The value in µs at or below which `percent` (0 to 100) of the samples lie; 0 without samples. */
export function percentile(histogram: Histogram, percent: number): number {
  return histogram.totalCount === 0 ? 0 : histogram.getValueAtPercentile(percent);
}

/** Mean in µs, each sample at the middle of its bucket; 0 without samples. */
export function mean(histogram: Histogram): number {
  return histogram.totalCount === 0 ? 0 : histogram.mean;
}

/** Largest sample in µs, to the precision of the histogram; 0 without samples. */
export function max(histogram: Histogram): number {
  return histogram.totalCount === 0 ? 0 : histogram.maxValue;
}

/**
 * Samples of at most `value_us`. Exact when the value is the upper border of a bucket (all whole values up to 2,047 µs
 * are); else the bucket that holds it, at most 0.1 % wide, is left out, so that the count never flatters.
 */
export function countAtOrBelow(histogram: Histogram, value_us: number): number {
  if (value_us < 0) return 0;
  const value = Math.min(Math.floor(value_us), HIGHEST_US);
  const index = histogram.countsArrayIndex(value);
  const whole = value >= HIGHEST_US || histogram.highestEquivalentValue(value) <= value;
  let count = whole ? histogram.getCountAtIndex(index) : 0;
  for (let i = 0; i < index; i++) count += histogram.getCountAtIndex(i);
  return count;
}

/** The base64 of the V2 compressed form, which other HdrHistogram tools read. */
export function encode(histogram: Histogram): EncodedHistogram {
  return encodeIntoCompressedBase64(histogram);
}

/** Reads an encoded histogram. Throws a `RangeError` when the text is none, or not of the range used here. */
export function decode(encoded: EncodedHistogram): Histogram {
  let histogram;
  try {
    histogram = decodeFromCompressedBase64(encoded, 32, false, HIGHEST_US);
  } catch (cause) {
    throw new RangeError('not an HdrHistogram in V2 compressed base64', { cause });
  }
  if (!(histogram instanceof JsHistogram) || histogram.numberOfSignificantValueDigits !== SIGNIFICANT_DIGITS) {
    throw new RangeError(`not a histogram of ${SIGNIFICANT_DIGITS} significant digits`);
  }
  if (histogram.totalCount > 0 && histogram.maxValue > histogram.highestEquivalentValue(HIGHEST_US))
    throw new RangeError('not a histogram of up to ten minutes');
  return histogram;
}
