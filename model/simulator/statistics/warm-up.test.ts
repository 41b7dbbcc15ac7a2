import { expect, test } from 'vitest';
import type { Random } from '../../random/random.ts';
import type { RecordedPhase } from '../record/recorder.ts';
import { phaseByHand, runByHand } from '../testing/run-by-hand.ts';
import type { RunByHand } from '../testing/run-by-hand.ts';
import { warmUpOf } from './warm-up.ts';

/** Ten times as slow at first; as usual, but for a few per cent, after 30 s. */
const slowAtFirst = (at_s: number, random: Random): number =>
  0.01 * (1 + 9 * Math.exp(-at_s / 6)) * random.exponential();
const minutes = (count: number): RecordedPhase[] => [phaseByHand('peak', 0, 60 * count)];
const unstable = {
  tier: 'app',
  phase: 'peak',
  offeredUtilisation: 1.2,
  waitingAtStart: 0,
  waitingAtEnd: 900,
  because: 'too much',
};

test('a slow start is cut, and little more', () => {
  for (let seed = 1; seed <= 5; seed++) {
    const cut_s = warmUpOf(runByHand({ seed, response_s: slowAtFirst, phases: minutes(5) }));
    expect(cut_s).toBeGreaterThanOrEqual(15);
    expect(cut_s).toBeLessThanOrEqual(60);
  }
});

test('the cut counts from the start of the first judged phase', () => {
  const phases = [phaseByHand('load', 0, 20, false), phaseByHand('peak', 20, 320)];
  const cut_s = warmUpOf(runByHand({ response_s: (at_s, random) => slowAtFirst(at_s - 20, random), phases }));
  expect(cut_s).toBeGreaterThanOrEqual(15);
  expect(cut_s).toBeLessThanOrEqual(60);
});

test.each<[string, RunByHand]>([
  ['the phase is too short to tell', { response_s: slowAtFirst, phases: [phaseByHand('peak', 0, 15)] }],
  ['arrivals ramp', { response_s: slowAtFirst, rate_per_s: (at_s) => 50 + at_s, phases: minutes(5) }],
  ['arrivals fall', { response_s: slowAtFirst, rate_per_s: (at_s) => 350 - at_s, phases: minutes(5) }],
  ['a tier could not keep up', { response_s: slowAtFirst, phases: minutes(5), instabilities: [unstable] }],
  ['the response time never settles', { response_s: (at_s) => 0.01 + at_s / 100, phases: minutes(5) }],
  ['a fault comes before it could settle', { response_s: slowAtFirst, phases: minutes(5), faults_s: [10] }],
  ['no phase is judged', { response_s: slowAtFirst, phases: [phaseByHand('peak', 0, 300, false)] }],
  ['nothing arrives', { rate_per_s: () => 1e-9 }],
])('nothing is cut when %s', (_, by) => {
  expect(warmUpOf(runByHand(by))).toBe(0);
});

test('what a fault does is no warm-up', () => {
  const response_s = (at_s: number, random: Random): number =>
    (at_s > 100 && at_s < 140 ? 1 : 0.01) * random.exponential();
  const faults = runByHand({ response_s, phases: minutes(5), faults_s: [100] });
  expect(warmUpOf(faults)).toBeLessThanOrEqual(50);
});
