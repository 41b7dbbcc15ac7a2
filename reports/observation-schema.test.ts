import { expect, test } from 'vitest';
import { phaseByHand, runByHand } from '../model/simulator/testing/run-by-hand.ts';
import { OBSERVATION } from './observation-schema.ts';

test.each([
  ['a minute', 60],
  ['a day, in longer intervals', 86_400],
])('the observation of a simulation of %s is as published, to the last field', (_, end_s) => {
  const { observation } = runByHand({
    rate_per_s: () => 1,
    phases: [phaseByHand('peak', 0, end_s)],
    faults_s: [30],
    counters: { 'cache.hits': 3 },
  });
  // What the schema does not know it drops.
  expect(OBSERVATION.parse(observation)).toEqual(observation);
});
