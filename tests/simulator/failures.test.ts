import { describe, expect, it } from 'vitest';
import { failoverDowntime_s } from '../../model/laws/availability/failover.ts';
import { aftermathOf } from '../../model/laws/backlog/backlog.ts';
import { allTriesFailProbability, meanTries, retrySchedule } from '../../model/laws/backlog/retry.ts';
import { simulateAutoscale } from '../../model/questions/autoscale-simulate.ts';
import type { SystemFault } from '../../model/simulator/load.ts';
import type { SimulationRun } from '../../model/simulator/run.ts';
import {
  PLAIN_CALL,
  deterministic,
  even,
  exponential,
  phase,
  poisson,
  station,
  system,
  tier,
  visit,
} from '../../model/simulator/testing/systems.ts';
import { counted, deviation, responses, run } from './figures.ts';

const CRASH: SystemFault = { kind: 'crash', tier: 0, instances: [0], at_s: 20, until_s: 50, factor: 1, from: null };

/** Seconds whose requests were mostly not answered. */
function outage_s({ observation }: SimulationRun): number {
  return observation.intervals.filter(({ ok, scheduled }) => scheduled > 0 && ok < scheduled / 2).length;
}

function shareFailed({ observation }: SimulationRun): number {
  return 1 - observation.totals.ok / observation.totals.sent;
}

describe('an instance that crashes at 20 s', () => {
  it('is away until it is repaired', () => {
    const found = run(station(exponential(0.001)), even(500, 100, { faults: [CRASH] }));
    expect(outage_s(found)).toBe(30);
    expect(shareFailed(found)).toBeCloseTo(30 / 100, 3);
  });

  it('is away for detection and promotion when a stand-by takes over', () => {
    const failover = { detection: deterministic(5), promotion: deterministic(10), standbys: 1 };
    const found = run(station(exponential(0.001), { failover }), even(500, 100, { faults: [CRASH] }));
    const law_s = failoverDowntime_s({ failures_per_year: 1, detection_s: 5, promotion_s: 10 });
    expect(outage_s(found)).toBe(law_s);
    expect(shareFailed(found)).toBeCloseTo(law_s / 100, 3);
  });
});

describe('an instance that hangs for 10 s', () => {
  // Half of what it carries: 500 wait at the end, are worked off in 10 s, and the first of them waited longest.
  it('leaves the backlog that fluids leave', () => {
    const fault: SystemFault = { ...CRASH, kind: 'hang', until_s: 30 };
    const found = run(station(deterministic(0.01)), even(50, 60, { faults: [fault] }));
    const episode = { duration_s: 10, arrival_per_s: 50, service_per_s: 0, arrivalAfter_per_s: 50 };
    const { backlog, drain_s, worstWait_s } = aftermathOf({ ...episode, serviceAfter_per_s: 100 });
    const queue = found.observation.tiers.find((each) => each.tier === 'station')?.series ?? [];
    expect(Math.abs(Math.max(...queue.map((sample) => sample.queue_length ?? 0)) - backlog)).toBeLessThanOrEqual(50);
    const late = found.observation.intervals.filter(({ response_us }) => response_us.max > 20_000);
    expect(Math.abs(late.length - (10 + drain_s))).toBeLessThanOrEqual(1);
    expect(deviation(responses(found).percentile_s(100), worstWait_s)).toBeLessThan(0.01);
    expect(shareFailed(found)).toBe(0);
  });
});

// The tier fails at random, so that tries are independent, as the law wants them.
describe.each([
  [0.1, 3],
  [0.5, 2],
  [0.3, 5],
])('failures of %d under %i attempts', (errorRate, attempts) => {
  const call = { ...PLAIN_CALL, attempts, backoff_s: 0.01, multiplier: 2, backoffMax_s: 1 };
  const found = run(station(exponential(0.0001), { errorRate, call }), poisson(1000, 300));

  it('take as many tries as the law says', () => {
    const tries = counted(found, 'station.visits') / found.observation.totals.sent;
    expect(deviation(tries, meanTries(errorRate, attempts))).toBeLessThan(0.01);
  });

  it('are left as often as the law says', () => {
    const law = allTriesFailProbability(errorRate, attempts);
    expect(Math.abs(shareFailed(found) - law)).toBeLessThan(0.001 + 0.02 * law);
  });
});

describe('messages that fail', () => {
  const FAILURE = 0.3;
  const { delays_s, tries } = retrySchedule({ first_s: 5, factor: 5, retries: 3 });
  const workers = tier('workers', exponential(0.001), {
    kind: 'worker',
    servers: 50,
    holdsServer: true,
    errorRate: FAILURE,
    redelivery_s: delays_s,
  });
  const message = { name: 'email', route: [visit(1)] };
  const shop = system([tier('app', exponential(0.001)), workers], [visit(0, { publish: [0] })], { message });
  // After 1,000 s nothing is published, and what failed last is still delivered again.
  const load = poisson(100, 0, { phases: [phase(100, 1000), phase(0, 300, { name: 'rest' })] });
  const found = run(shop, load);
  const published = counted(found, 'email.published');

  it('are delivered again by the schedule, then dead', () => {
    expect(published).toBe(found.observation.totals.sent);
    expect(counted(found, 'email.delivered') + counted(found, 'email.dead')).toBe(published);
    const dead = allTriesFailProbability(FAILURE, tries);
    expect(deviation(counted(found, 'email.dead') / published, dead)).toBeLessThan(0.05);
    const redelivered = meanTries(FAILURE, tries) - 1;
    expect(deviation(counted(found, 'email.redelivered') / published, redelivered)).toBeLessThan(0.02);
  });

  it('wait for 5, 30 and 155 s', () => {
    // Delivered at the k-th try with probability (1 - p) p^k, after the first k delays.
    const waited_s = [0, 5, 30, 155].reduce(
      (sum, age_s, k) => sum + (age_s * (1 - FAILURE) * allTriesFailProbability(FAILURE, k + 1)) / FAILURE,
      0,
    );
    const delivered = 1 - allTriesFailProbability(FAILURE, tries);
    const age_s = counted(found, 'email.age_s') / counted(found, 'email.delivered');
    expect(deviation(age_s, waited_s / delivered)).toBeLessThan(0.02);
  });
});

describe('autoscaling', () => {
  // Up over 10 minutes, steady for 10, down over 10: one instance carries 100 a second.
  const rule = { min: 1, max: 10, outAbove: 0.7, outAfter_s: 30, inBelow: 0.3, inAfter_s: 60, boot_s: 20 };
  const pieces = [
    { duration_s: 600, rate_per_s: 40, rate_end_per_s: 400 },
    { duration_s: 600, rate_per_s: 400, rate_end_per_s: 400 },
    { duration_s: 600, rate_per_s: 400, rate_end_per_s: 20 },
  ];
  const rateAt = (at_s: number): number => {
    const { rate_per_s = 0, rate_end_per_s = 0, duration_s = 1 } = pieces[Math.floor(at_s / 600)] ?? {};
    return rate_per_s + ((at_s % 600) / duration_s) * (rate_end_per_s - rate_per_s);
  };
  const demand = Array.from({ length: 1800 }, (_, second) => rateAt(second + 0.5));
  const fluid = simulateAutoscale({ rule, capacity: 100, demand, tick_s: 1, initial: 1 });
  const scaled = station(deterministic(0.01), { autoscale: rule });
  const found = run(scaled, even(0, 0, { phases: [phase(0, 1800, { pieces })] }));
  const series = found.observation.tiers.find((each) => each.tier === 'station')?.series ?? [];

  it('has as many instances as the fluid model, second by second', () => {
    const expected = fluid.map((tick) => tick.running);
    expect(Math.max(...expected)).toBe(6);
    expect(series.map((sample) => sample.instances)).toEqual(expected);
  });
});
