import { describe, expect, it } from 'vitest';
import { classByHand, observationByHand } from '../judge/observation-by-hand.ts';
import { isCriterionProblem, parseCriterion } from '../judge/criterion.ts';
import type { Criterion } from '../judge/criterion.ts';
import type { Instability, SimulationRun, StationRun } from '../simulator/run.ts';
import { exponential, tier } from '../simulator/testing/systems.ts';
import { stepSimulation } from './step-simulation.ts';
import type { StepReplications } from './step-simulation.ts';

const STATION: StationRun = {
  tier: 'app',
  throughput_per_s: 100,
  utilisation: 0.5,
  waiting: 1,
  inside: 2,
  residence_s: 0.02,
  littleError: 0.001,
};
const UNSTABLE: Instability = {
  tier: 'app',
  phase: 'peak',
  offeredUtilisation: 1.2,
  waitingAtStart: 0,
  waitingAtEnd: 900,
  because: '120 visits/s arrive',
};

/** A replication whose requests all take so long. */
function run(latency_us: number, change: Partial<SimulationRun> = {}): SimulationRun {
  const observation = observationByHand([classByHand({ latencies: [[latency_us, 6000]] })]);
  const phases = observation.phases.map((phase) => ({ ...phase, counters: { 'app.visits': phase.judged ? 600 : 7 } }));
  const series = observation.intervals.map(({ start_s }) => ({ at_s: start_s + 1, utilisation: latency_us / 1e5 }));
  const seen = { ...observation, phases, tiers: [{ tier: 'app', series }] };
  return { observation: seen, events: 1000, stations: [STATION], instabilities: [], batches: [], ...change };
}

function criterion(text: string): Criterion {
  const parsed = parseCriterion(text);
  if (isCriterionProblem(parsed)) throw new Error(parsed.message);
  return parsed;
}

function simulated(runs: readonly SimulationRun[], change: Partial<StepReplications> = {}) {
  const step = { step: 2, name: 'A cache', entry: 'app', tiers: [], routes: new Map() };
  const system = { classes: [], messages: [], tiers: [tier('app', exponential(0.01))], keySpaces: [] };
  const asked = { criteria: [criterion('p95(latency) < 15 ms')], precisionAsked: null, series: false };
  const load = { faults: [] };
  return stepSimulation({ step, system, load, runs, warmUp_s: 0, precision: null, notes: [], ...asked, ...change });
}

describe('stepSimulation', () => {
  it('gives means over the replications with their intervals, and judges them', () => {
    const { all, judgement, replications, events } = simulated([run(9000), run(10_000), run(11_000)]);
    expect(all.p95_s?.value).toBeCloseTo(0.01, 4);
    // 4.303 × 1 ms / √3, Student's t with 2 degrees of freedom.
    expect(all.p95_s?.halfWidth95).toBeCloseTo(0.002484, 4);
    expect([replications, events, judgement.outcome]).toEqual([3, 3000, 'PASS']);
  });

  it('marks times of requests that were given up on as lower bounds', () => {
    const slow = classByHand({
      latencies: [
        [9000, 5900],
        [2_000_000, 100],
      ],
      timeout: 100,
    });
    const given = { ...run(9000), observation: { ...run(9000).observation, classes: [slow] } };
    const system = {
      classes: [{ name: 'search', share: 1, timeout_s: 2, route: [], keys: null }],
      messages: [],
      tiers: [],
      keySpaces: [],
    };
    const { all } = simulated([given, given], { system });
    expect([all.mean_s?.atLeast, all.p50_s?.atLeast, all.p95_s?.atLeast, all.p99_s?.atLeast]).toEqual([
      true,
      undefined,
      undefined,
      true,
    ]);
  });

  it('has the worst error of Little’s law, whichever way it errs', () => {
    const stations = [{ ...STATION, littleError: -0.03 }];
    expect(simulated([run(9000), run(9000, { stations })]).tiers[0]).toMatchObject({
      tier: 'app',
      servers: 1,
      littleError: 0.03,
    });
  });

  it('tells the same instability of several replications once, and in how many', () => {
    const unstable = run(9000, { instabilities: [UNSTABLE] });
    const worse = run(9000, { instabilities: [{ ...UNSTABLE, offeredUtilisation: 1.4 }] });
    expect(simulated([unstable, run(9000), worse]).instabilities).toEqual([
      {
        tier: 'app',
        phase: 'peak',
        replications: 2,
        offeredUtilisation: expect.closeTo(1.3, 9),
        faults: [],
        because: '120 visits/s arrive',
      },
    ]);
  });

  it('names the faults that the scenario has on an unstable tier in that phase', () => {
    const fault = { kind: 'slow' as const, tier: 0, instances: [0], factor: 10, from: null };
    const { phases } = run(9000).observation;
    const peak = phases.find(({ judged }) => judged) ?? { name: '', start_s: 0, end_s: 0 };
    const unstable = run(9000, { instabilities: [{ ...UNSTABLE, phase: peak.name }] });
    const faultsAt = (at_s: number, until_s: number) =>
      simulated([unstable], { load: { faults: [{ ...fault, at_s, until_s }] } }).instabilities[0]?.faults;
    expect(faultsAt(peak.start_s + 1, Infinity)).toEqual(['slow']);
    expect(faultsAt(peak.end_s, Infinity)).toEqual([]);
    expect(faultsAt(0, peak.start_s - 1)).toEqual([]);
  });

  it('adds up what became of all requests, and counts a judged second', () => {
    const { totals, counters } = simulated([run(9000), run(9000)]);
    expect(totals).toMatchObject({ scheduled: 12_000, sent: 12_000, ok: 12_000, in_flight_at_end: 0 });
    expect(counters.per_s).toEqual({ 'app.visits': 10 });
  });

  it('averages over the replications what moved over time, where it is wanted', () => {
    expect(simulated([run(9000)])).not.toHaveProperty('series');
    const { series } = simulated([run(10_000), run(30_000)], { series: true });
    expect(series?.at_s).toHaveLength(70);
    expect(series?.tiers[0]?.utilisation[5]).toBeCloseTo(0.2, 9);
    // Nothing was answered in the intervals of a run by hand.
    expect(series?.p95_s.every((value) => value === null)).toBe(true);
  });

  it('is plain data: JSON holds all of it', () => {
    const result = simulated([run(9000), run(10_000)], { series: true });
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });
});
