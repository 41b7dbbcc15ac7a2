import { describe, expect, it } from 'vitest';
import { drawLedger, simulationsNeeded } from '../model/claims/ledger.ts';
import { readPlan } from '../model/plan/read-plan.ts';
import { readScenario } from '../model/scenario/read-scenario.ts';
import { Simulators } from './replications/simulators.ts';
import { simulateClaims } from './simulate-claims.ts';

const plan = readPlan(
  'plan.yaml',
  `
plan: mine
documents: { design: The design }
assume: { load: 80 req/s }
requests: { view: { share: 100 %, kind: read, method: GET, path: /, timeout: 2 s } }
architecture:
  - { step: 1, name: One, tiers: { app: { kind: express, instances: 1, demand: load, capacity: 100 req/s } } }
  - { step: 2, name: Two, tiers: { app: { instances: 2 } } }
claims:
  fast: { document: design, section: Speed, says: < 100 ms, measured: { scenario: calm, step: 2, metric: p95(latency) } }
  less:
    document: design
    section: Speed
    says: 60 %
    measured: { scenario: calm, step: 2, metric: mean(latency), versus: { step: 1 } }
  crowded: { document: design, section: Speed, says: < 1 s, measured: { scenario: crowd, step: 1, metric: p95(latency) } }
  counted:
    { document: design, section: Cache, says: 80 %, measured: { scenario: calm, step: 2, metric: 'ratio(cache.hits, cache.misses)' } }
`,
);

const ENGINES = new Map([['open-loop', true]]);
const scenarios = new Map(
  ['calm', 'crowd'].map((name) => {
    const rate = name === 'calm' ? 'load' : '150 req/s';
    const text = `scenario: ${name}\nphases: [{ name: all, duration: 60 s, rate: ${rate} }]`;
    return [name, readScenario(`${name}.yaml`, text, plan, ENGINES)] as const;
  }),
);

describe('simulateClaims', () => {
  it('simulates what measured claims ask for, each once, and the ledger shows it beside them', async () => {
    const told: [string, number][] = [];
    const { signal } = new AbortController();
    const simulators = new Simulators(2, signal);
    const wanted = simulationsNeeded(plan);
    const onProgress = (what: string, share: number): void => void told.push([what, share]);
    const simulated = await simulateClaims({ plan, scenarios, wanted, seed: 42, simulators, signal, onProgress });
    await simulators.close();
    expect([...simulated.keys()].toSorted()).toEqual(['calm@1', 'calm@2', 'crowd@1']);
    expect(new Set(told.map(([what]) => what))).toEqual(
      new Set(['calm on step 1', 'calm on step 2', 'crowd on step 1']),
    );
    expect(told.at(-1)?.[1]).toBe(1);

    const rows = new Map(drawLedger(plan, new Map(), simulated).rows.map((row) => [row.claim, row]));
    expect(rows.get('fast')).toMatchObject({
      verdict: 'not measured',
      simulated: { verdict: 'holds', replications: 5 },
    });
    // M/M/1 at 80 %, 50 ms, against two of them at 40 % each, 16.7 ms.
    expect(rows.get('less')?.simulated?.value).toBeGreaterThan(0.5);
    expect(rows.get('crowded')?.simulated).toMatchObject({
      verdict: 'contradicted',
      detail: expect.stringContaining('unstable: `app` in all'),
    });
    expect(rows.get('counted')?.simulated).toMatchObject({
      verdict: 'no data',
      detail: 'phase `all` has no counter `cache.hits`',
    });
  });
});
