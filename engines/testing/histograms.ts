import { createHistogram, decode, merge, type Histogram } from '../../model/observation/histogram.ts';
import type { LoadResult } from '../engine.ts';

/** All response times of a result. */
export function responses(result: LoadResult): Histogram {
  const all = createHistogram();
  for (const observed of result.classes) merge(all, decode(observed.response_us));
  return all;
}

/** All service times of a result. */
export function services(result: LoadResult): Histogram {
  const all = createHistogram();
  for (const observed of result.classes) merge(all, decode(observed.service_us));
  return all;
}
