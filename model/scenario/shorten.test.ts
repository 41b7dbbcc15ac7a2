import { expect, it } from 'vitest';
import { shorten } from './shorten.ts';
import type { ScenarioPhase } from './scenario.ts';

const phase = (name: string, judged: boolean, pieces: ScenarioPhase['pieces']): ScenarioPhase => ({
  name,
  judged,
  pieces,
  duration_s: pieces.reduce((sum, { duration_s }) => sum + duration_s, 0),
  closed: null,
});
const RISING = [{ duration_s: 20, rate_per_s: 100, rate_end_per_s: 300 }];
const STEPS = [
  { duration_s: 4, rate_per_s: 100, rate_end_per_s: 100 },
  { duration_s: 6, rate_per_s: 200, rate_end_per_s: 200 },
  { duration_s: 10, rate_per_s: 50, rate_end_per_s: 50 },
];

it('ends phases early, with the rates that they have until then', () => {
  const scenario = { phases: [phase('warm-up', false, RISING), phase('steady', true, STEPS)] };
  const { phases } = shorten(scenario, { judged_s: 7, other_s: 5 });
  expect(phases[0]).toMatchObject({ duration_s: 5, pieces: [{ duration_s: 5, rate_per_s: 100, rate_end_per_s: 150 }] });
  expect(phases[1]).toMatchObject({ duration_s: 7, pieces: [STEPS[0], { ...STEPS[1], duration_s: 3 }] });
});

it('leaves what is short enough as it is', () => {
  const scenario = { phases: [phase('warm-up', false, RISING), phase('steady', true, STEPS)] };
  expect(shorten(scenario, { judged_s: 20, other_s: 20 })).toEqual(scenario);
});
