import { HistogramLogReader } from 'hdr-histogram-js';
import { expect, test } from 'vitest';
import { decode, percentile, sampleCount } from '../model/observation/histogram.ts';
import { classByHand, observationByHand } from '../model/judge/observation-by-hand.ts';
import type { Observation } from '../model/observation/observation.ts';
import { latencyLog } from './latency-log.ts';
import { OBSERVATION, runByHand } from './testing/result-by-hand.ts';

interface Line {
  readonly tag: string;
  readonly samples: number;
  readonly p95_us: number;
  readonly start_ms: number;
  readonly end_ms: number;
}

function read(...observations: readonly Observation[]): { lines: Line[]; startTime_s: number } {
  const reader = new HistogramLogReader(latencyLog(observations.map((each) => runByHand(each))));
  const lines: Line[] = [];
  for (let next = reader.nextIntervalHistogram(); next !== null; next = reader.nextIntervalHistogram()) {
    lines.push({
      tag: next.tag,
      samples: next.totalCount,
      p95_us: next.getValueAtPercentile(95),
      start_ms: next.startTimeStampMsec,
      end_ms: next.endTimeStampMsec,
    });
  }
  return { lines, startTime_s: reader.startTimeSec };
}

const STARTED = Date.parse('2026-11-21T10:00:00.250Z');
const LIVE: Observation = {
  ...OBSERVATION,
  what: { ...OBSERVATION.what, startedAt: '2026-11-21T10:00:00.250Z' },
};

test('another reader finds every class and phase, with its time and all its samples', () => {
  const { lines, startTime_s } = read(LIVE);
  expect(startTime_s).toBe(STARTED / 1000);
  expect(lines.map(({ tag }) => tag)).toEqual(['search/warm-up', 'search/peak', 'checkout/peak']);
  expect(lines.map(({ start_ms, end_ms }) => [start_ms - STARTED, end_ms - STARTED])).toEqual([
    [0, 10_000],
    [10_000, 70_000],
    [10_000, 70_000],
  ]);
  for (const [index, { response_us }] of LIVE.classes.entries()) {
    const histogram = decode(response_us);
    expect(lines[index]).toMatchObject({ samples: sampleCount(histogram), p95_us: percentile(histogram, 95) });
  }
});

test('names that a reader would split at stay one tag', () => {
  const odd = classByHand({ class: 'a, b=c\n"d"', latencies: [[100, 1]] });
  expect(read(observationByHand([odd])).lines.map(({ tag }) => tag)).toEqual(['a%2C%20b%3Dc%0A%22d%22/peak']);
});

test('what has no sample has no line', () => {
  expect(read(observationByHand([classByHand({ latencies: [] })])).lines).toEqual([]);
});

test('a simulation, which has no clock, begins at 0', () => {
  expect(latencyLog([runByHand()])).toContain('#[StartTime: 0.000 (seconds since epoch), no clock]');
});

test('several runs are one log in the order of time', () => {
  const later = { ...LIVE, what: { ...LIVE.what, startedAt: '2026-11-21T10:00:30.250Z' } };
  const { lines, startTime_s } = read(later, LIVE);
  expect(startTime_s).toBe(STARTED / 1000);
  expect(lines.map(({ tag, start_ms }) => `${(start_ms - STARTED) / 1000} ${tag}`)).toEqual([
    '0 peak-step-3-2/search/warm-up',
    '10 peak-step-3-2/search/peak',
    '10 peak-step-3-2/checkout/peak',
    '30 peak-step-3/search/warm-up',
    '40 peak-step-3/search/peak',
    '40 peak-step-3/checkout/peak',
  ]);
});
