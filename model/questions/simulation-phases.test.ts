import { expect, it } from 'vitest';
import { classByHand, observationByHand } from '../judge/observation-by-hand.ts';
import { phaseFigures } from './simulation-phases.ts';

it('pools the requests of all replications, phase by phase', () => {
  const quick = observationByHand([classByHand({ latencies: [[10_000, 6000]] })]);
  const slow = observationByHand([classByHand({ latencies: [[30_000, 6000]] })]);
  const peak = phaseFigures([quick, quick, slow]).find(({ judged }) => judged);
  const seconds = (peak?.end_s ?? 0) - (peak?.start_s ?? 0);
  expect(peak?.throughput_per_s.value).toBeCloseTo(6000 / seconds, 9);
  expect(peak?.error_share?.value).toBe(0);
  expect(peak?.p50_s?.value).toBeCloseTo(0.01, 4);
  // The slow ones are a third of all.
  expect(peak?.p95_s?.value).toBeCloseTo(0.03, 4);
  expect(peak?.p95_s).not.toHaveProperty('atLeast');
});

it('marks a percentile among requests that were given up on as a lower bound', () => {
  const given = classByHand({
    latencies: [
      [9000, 5900],
      [2_000_000, 100],
    ],
    timeout: 100,
  });
  const peak = phaseFigures([observationByHand([given])]).find(({ judged }) => judged);
  expect(peak?.error_share?.value).toBeCloseTo(1 / 60, 9);
  expect([peak?.p50_s?.atLeast, peak?.p95_s?.atLeast, peak?.p99_s?.atLeast]).toEqual([undefined, undefined, true]);
});

it('has no response times of a phase in which nothing was sent', () => {
  const empty = phaseFigures([observationByHand([])])[0];
  expect(empty).toMatchObject({ error_share: null, p50_s: null, p95_s: null, p99_s: null });
});
