import { expect } from 'vitest';
import { sampleCount } from '../../model/observation/histogram.ts';
import { conservationProblems } from '../../model/observation/conservation.ts';
import type { LoadResult } from '../engine.ts';
import { responses } from './histograms.ts';

const COUNTS = ['scheduled', 'sent', 'dropped', 'ok', 'http_error', 'timeout', 'reset'] as const;

/** Every request is accounted for, in the totals, in the classes and in the intervals alike, with one sample each. */
export function checkConserved(result: LoadResult): void {
  expect(conservationProblems(result.totals)).toEqual([]);
  for (const parts of [result.classes, result.intervals]) {
    for (const count of COUNTS) {
      const sum = parts.reduce((total, part) => total + part[count], 0);
      expect([count, sum]).toEqual([count, result.totals[count]]);
    }
  }
  expect(sampleCount(responses(result))).toBe(result.totals.sent);
  expect(result.classes.reduce((sum, observed) => sum + observed.censored, 0)).toBe(
    result.totals.timeout + result.totals.in_flight_at_end,
  );
  expect(result.intervals.map((interval) => interval.start_s)).toEqual(result.intervals.map((_, i) => i));
}
