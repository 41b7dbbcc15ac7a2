import { describe, expect, it } from 'vitest';
import { SIMULATOR_CLAIMS } from '../judge/claims.ts';
import { classByHand, observationByHand } from '../judge/observation-by-hand.ts';
import type { Observation } from '../observation/observation.ts';
import { readPlan } from '../plan/read-plan.ts';
import { drawLedger, runKey, runsNeeded, simulationsNeeded } from './ledger.ts';
import type { LedgerRow, LedgerRun, SimulatedRun } from './ledger.ts';

const plan = readPlan(
  'plan.yaml',
  `
plan: mine
documents: { design: The design }
assume: { users: 10M users, each: 20 req/user/day }
derive: { traffic.average: users * each }
requests: { search: { share: 100 %, kind: read, method: GET, path: / } }
architecture:
  - { step: 1, name: one, tiers: { app: { kind: express, instances: 1, demand: traffic.average, capacity: 1k req/s } } }
  - { step: 2, name: two, tiers: { cache: { kind: redis, instances: 1, demand: traffic.average, capacity: 9k req/s } } }
claims:
  right: { document: design, section: Traffic, says: '2,315 req/s', computed: traffic.average }
  wrong: { document: design, section: Traffic, says: '3,000 req/s', computed: traffic.average }
  accepted: { document: design, section: Traffic, says: '3,000 req/s', computed: traffic.average, known: contradicted }
  word: { document: design, section: Traffic, says: 99 % }
  fast: { document: design, section: Speed, says: < 100 ms, measured: { scenario: load, step: 2, metric: p95(search) } }
  less:
    document: design
    section: Speed
    says: 80 %
    measured: { scenario: load, step: 2, metric: per_request(database.queries), versus: { step: 1 } }
  faster:
    document: design
    section: Speed
    says: 0.4
    measured: { scenario: load, step: 2, metric: p95(search), versus: { scenario: rush, step: 1 }, as: ratio }
  spike:
    document: design
    section: Speed
    says: 1 x
    measured: { scenario: load, step: 2, metric: rate(search), versus: { metric: rate }, as: ratio }
  carried: { document: design, section: Speed, says: '>= 1 req/s', measured: { scenario: load, step: 2, metric: rate } }
  grown:
    document: design
    section: Growth
    says: < 100 ms
    measured: { scenario: years, step: 2, metric: p95(search), on: simulator }
`,
);

function seen(latency_us: number, queries: number, scale = 1): Observation {
  const observation = observationByHand([classByHand({ latencies: [[latency_us, 10_000]] })]);
  const phases = observation.phases.map((phase) => ({ ...phase, counters: { 'database.queries': queries } }));
  return { ...observation, what: { ...observation.what, scale }, phases };
}

function runs(at2: Partial<LedgerRun> = {}, latency_us = 20_000): Map<string, LedgerRun> {
  const common = { valid: true, claims: SIMULATOR_CLAIMS };
  return new Map([
    [runKey('load', 1), { ...common, observation: seen(50_000, 10_000) }],
    [runKey('load', 2), { ...common, observation: seen(latency_us, 2000), ...at2 }],
    [runKey('rush', 1), { ...common, observation: seen(50_000, 10_000) }],
  ]);
}

function row(claim: string, with_: ReadonlyMap<string, LedgerRun> = runs()): LedgerRow {
  const found = drawLedger(plan, with_).rows.find((candidate) => candidate.claim === claim);
  if (!found) throw new Error(`no row ${claim}`);
  return found;
}

describe('runsNeeded', () => {
  it('names every scenario and step that a measured claim rests on, once, by step', () => {
    expect(runsNeeded(plan)).toEqual([
      { scenario: 'load', step: 1 },
      { scenario: 'rush', step: 1 },
      { scenario: 'load', step: 2 },
    ]);
  });

  it('leaves out what the simulation settles, which is simulated beside them', () => {
    const years = { scenario: 'years', step: 2 };
    expect(runsNeeded(plan)).not.toContainEqual(years);
    expect(simulationsNeeded(plan)).toEqual([...runsNeeded(plan), years]);
  });
});

describe('drawLedger', () => {
  it.each([
    ['right', 'holds', true],
    ['wrong', 'contradicted', false],
    ['accepted', 'contradicted', true],
    ['word', 'not derivable', true],
    ['fast', 'holds', true],
    ['less', 'holds', true],
    ['faster', 'holds', true],
    ['grown', 'not measured', true],
  ])('finds that %s %s', (claim, verdict, asKnown) => expect(row(claim)).toMatchObject({ verdict, asKnown }));

  it('keeps value, interval, samples and window as evidence', () => {
    expect(row('fast').measured).toMatchObject({ scenario: 'load', step: 2, metric: 'p95(search)', samples: 10_000 });
    expect(row('fast').measured?.value).toBeCloseTo(0.02, 4);
    expect(row('less').measured?.value).toBeCloseTo(0.8, 9);
  });

  it('finds a measured bound broken', () => {
    expect(row('fast', runs({}, 150_000))).toMatchObject({ verdict: 'contradicted', asKnown: false });
  });

  it('never takes an answer from an invalid run, and keeps what it showed', () => {
    const found = row('fast', runs({ valid: false, invalidBecause: 'the generator was late' }));
    expect(found).toMatchObject({ verdict: 'invalid', measured: { detail: 'the generator was late' } });
    expect(found.measured?.value).toBeCloseTo(0.02, 4);
  });

  it('takes no answer from a smaller part of the load than the scenario is for', () => {
    const part = { observation: seen(20_000, 2000, 0.2) };
    expect(row('fast', runs(part)).verdict).toBe('invalid');
    expect(row('fast', runs({ ...part, liveScale: 0.5 })).verdict).toBe('invalid');
  });

  it('takes an answer at the part of the load that the scenario is for, and says so, but no rate', () => {
    const part = runs({ observation: seen(20_000, 2000, 0.2), liveScale: 0.2 });
    expect(row('fast', part)).toMatchObject({ verdict: 'holds', measured: { detail: 'at 20 % of the load' } });
    expect(row('carried', part).verdict).toBe('invalid');
    expect(row('carried')).toMatchObject({ verdict: 'holds', settledIn: 'measured' });
    expect(row('spike', part).verdict).toBe('holds');
  });

  it('knows no part of a load that has no rate', () => {
    const scaled = seen(20_000, 2000, 0.2);
    const phases = scaled.phases.map((phase) => ({ ...phase, target_rate_per_s: 0 }));
    const probed = row('carried', runs({ observation: { ...scaled, phases } }));
    expect(probed.verdict).toBe('holds');
    expect(probed.measured).not.toHaveProperty('detail');
  });

  it('never takes response times from an engine that hides the wait', () => {
    const claims = { ...SIMULATOR_CLAIMS, paces: false, responseFromIntended: false };
    expect(row('fast', runs({ claims })).verdict).toBe('invalid');
  });

  it('says what was not run and what gave no data', () => {
    expect(row('fast', new Map()).verdict).toBe('not measured');
    const silent = { ...seen(20_000, 1), classes: [] };
    expect(row('fast', runs({ observation: silent })).verdict).toBe('no data');
  });

  it('leaves a bound open when it lies inside the interval', () => {
    const mixed = observationByHand([
      classByHand({
        latencies: [
          [50_000, 190],
          [99_000, 2],
          [150_000, 8],
        ],
      }),
    ]);
    expect(row('fast', runs({ observation: mixed })).verdict).toBe('inconclusive');
  });
});

describe('the simulated reading', () => {
  /** Replications at steps 1 and 2 with these latencies; a tenth of the queries at step 2, give or take. */
  function simulated(latencies_us: readonly number[], change: Partial<SimulatedRun> = {}): Map<string, SimulatedRun> {
    return new Map([
      [runKey('load', 1), { observations: latencies_us.map(() => seen(50_000, 10_000)) }],
      [runKey('load', 2), { observations: latencies_us.map((us, n) => seen(us, 1000 + n)), ...change }],
    ]);
  }

  function rowWith(
    claim: string,
    simulations: ReadonlyMap<string, SimulatedRun>,
    measured: ReadonlyMap<string, LedgerRun> = new Map(),
  ): LedgerRow | undefined {
    return drawLedger(plan, measured, simulations).rows.find((candidate) => candidate.claim === claim);
  }

  it('is the mean over the replications with its interval', () => {
    const reading = rowWith('fast', simulated([18_000, 20_000, 22_000]))?.simulated;
    expect(reading).toMatchObject({ verdict: 'holds', replications: 3, samples: 30_000, scenario: 'load', step: 2 });
    expect(reading?.value).toBeCloseTo(0.02, 4);
    // 4.303 × 2 ms / √3, Student's t with 2 degrees of freedom.
    expect(reading?.high).toBeCloseTo(0.02 + 0.00497, 4);
  });

  it('takes a reduction replication by replication', () => {
    const reading = rowWith('less', simulated([1, 1, 1]))?.simulated;
    expect(reading?.value).toBeCloseTo(1 - 1001 / 10_000, 9);
    expect(reading?.versus).toMatchObject({ as: 'reduction', scenario: 'load', step: 1 });
    expect((reading?.high ?? 0) - (reading?.low ?? 0)).toBeCloseTo((2 * 4.303 * 1e-4) / Math.sqrt(3), 6);
  });

  it('settles what the plan leaves to it', () => {
    const years = (us: number) => new Map([[runKey('years', 2), { observations: [seen(us, 1)] }]]);
    expect(rowWith('grown', years(20_000))).toMatchObject({ verdict: 'holds', settledIn: 'simulated' });
    expect(rowWith('grown', years(150_000))).toMatchObject({ verdict: 'contradicted', asKnown: false });
    expect(rowWith('grown', years(20_000))).not.toHaveProperty('measured');
  });

  it('settles nothing else: neither one that was measured nor one that was not', () => {
    const slow = simulated([150_000, 151_000]);
    expect(rowWith('fast', slow, runs())).toMatchObject({ verdict: 'holds', simulated: { verdict: 'contradicted' } });
    expect(rowWith('fast', slow)).toMatchObject({ verdict: 'not measured', asKnown: true });
  });

  it('says what there is to know about its figures', () => {
    const remark = 'unstable: `app` in steady';
    expect(rowWith('fast', simulated([20_000], { remark }))?.simulated).toMatchObject({ detail: remark });
  });

  it.each([
    ['fast', simulated([]), 'nothing was simulated'],
    ['less', new Map([...simulated([1])].slice(1)), '`load` on step 1 gave nothing to compare with'],
    [
      'less',
      new Map([...simulated([1])].map(([key, run]) => [key, { observations: run.observations.map(withoutCounters) }])),
      'phase `peak` has no counter `database.queries`',
    ],
  ])('of %s is empty with a reason where the model cannot know', (claim, simulations, detail) => {
    const reading = rowWith(claim, simulations)?.simulated;
    expect(reading).toMatchObject({ verdict: 'no data', detail });
    expect(reading).not.toHaveProperty('value');
  });

  it('is absent where nothing was simulated', () => {
    expect(rowWith('fast', new Map())).not.toHaveProperty('simulated');
    expect(rowWith('right', simulated([1]))).not.toHaveProperty('simulated');
  });

  function withoutCounters(observation: Observation): Observation {
    return { ...observation, phases: observation.phases.map((phase) => ({ ...phase, counters: {} })) };
  }
});
