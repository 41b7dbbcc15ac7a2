import { expect, it } from 'vitest';
import { mm1 } from '../../model/laws/queueing/mm1.ts';
import { estimatesOf } from '../../model/simulator/statistics/estimates.ts';
import { exponential, poisson, station } from '../../model/simulator/testing/systems.ts';
import { run } from './figures.ts';

const EXPERIMENTS = 100;
const ARRIVALS_PER_S = 600;
const SERVICE_S = 0.001;
const queue = station(exponential(SERVICE_S));

/** Ten runs of 12 s, each after 1 s in which the queue fills, with seeds of their own. */
const experiments = Array.from({ length: EXPERIMENTS }, (_, experiment) =>
  Array.from({ length: 10 }, (_, i) => run(queue, poisson(ARRIVALS_PER_S, 13), 10 * experiment + i + 1, 1)),
);

it.each([5, 10])('intervals from %i replications hold the true mean in about 95 of 100 experiments', (count) => {
  const truth_s = mm1(ARRIVALS_PER_S, SERVICE_S).response_s;
  const covered = experiments.filter((runs) => {
    const { mean_s } = estimatesOf(runs.slice(0, count)).overall;
    return mean_s !== null && Math.abs(mean_s.value - truth_s) <= (mean_s.halfWidth95 ?? 0);
  }).length;
  expect(covered).toBeGreaterThanOrEqual(90);
  expect(covered).toBeLessThanOrEqual(99);
});
