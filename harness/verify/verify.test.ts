import { beforeEach, describe, expect, it } from 'vitest';
import type { Engine } from '../../engines/engine.ts';
import { StackError } from '../../infra/backend.ts';
import type { Stack, StackStatus, UpOptions } from '../../infra/backend.ts';
import { SIMULATOR_CLAIMS } from '../../model/judge/claims.ts';
import { classByHand, observationByHand } from '../../model/judge/observation-by-hand.ts';
import type { Observation } from '../../model/observation/observation.ts';
import { readPlan } from '../../model/plan/read-plan.ts';
import { readScenario } from '../../model/scenario/read-scenario.ts';
import type { Scenario } from '../../model/scenario/scenario.ts';
import type { Topology } from '../../model/topology/topology.ts';
import { RunError } from '../run-error.ts';
import { verify } from './verify.ts';
import type { Verification, VerifyRequest } from './verify.ts';

const SCENARIOS = `
{ scenario: light, profile: short, phases: [{ name: all, duration: 1 s, rate: 1 req/s }] }
{ scenario: heavy, profile: short, phases: [{ name: all, duration: 1 s, rate: 9 req/s }] }
{ scenario: crash, profile: short, phases: [{ name: all, duration: 1 s, rate: 1 req/s }], faults: [{ fault: crash, tier: app, at: 0 s, for: 1 s }] }
{ scenario: single, profile: short, settings: { app: { instances: 1 } }, phases: [{ name: all, duration: 1 s, rate: 1 req/s }] }
{ scenario: fresh, profile: short, data: fresh, phases: [{ name: all, duration: 1 s, rate: 1 req/s }] }
{ scenario: long, phases: [{ name: all, duration: 1 s, rate: 1 req/s }] }
`;

const claim = (scenario: string, step: number): string =>
  `  ${scenario}-${step}: { document: d, section: s, says: < 1 s, measured: { scenario: ${scenario}, step: ${step}, metric: p95(latency) } }\n`;

function planOf(claims: readonly (readonly [string, number])[]) {
  return readPlan(
    'plan.yaml',
    `
plan: mine
documents: { d: The design }
assume: { load: 1 req/s }
requests: { search: { share: 100 %, kind: read, method: GET, path: / } }
architecture:
  - { step: 1, name: one, tiers: { app: { kind: express, instances: 2, demand: load, capacity: 99 req/s } } }
  - { step: 2, name: two, tiers: { cache: { kind: redis, instances: 1, demand: load, capacity: 99 req/s } } }
claims:
${claims.map(([scenario, step]) => claim(scenario, step)).join('')}`,
  );
}

const engine: Engine = {
  name: 'open-loop',
  claims: { ...SIMULATOR_CLAIMS, use: '', limits: '' },
  run: () => Promise.reject(new Error('the fake drives nothing')),
};

/** Everything that happened, in order. */
let log: string[] = [];
let simulated: string[] = [];
/** What runs of a scenario come to, when they do not simply succeed. */
let runs: Record<string, (abort: AbortController) => Partial<Observation>> = {};
let failingSteps: number[] = [];
let isHealthy = true;

beforeEach(() => {
  log = [];
  simulated = [];
  runs = {};
  failingSteps = [];
  isHealthy = true;
});

function seen(scenario: string, step: number): Observation {
  const observation = observationByHand([classByHand({ latencies: [[20_000, 10_000]] })]);
  return { ...observation, what: { ...observation.what, plan: 'mine', scenario, step, scale: 1 } };
}

const backend: VerifyRequest['backend'] = {
  up: (topology: Topology, { name }: UpOptions) => {
    const tiers = topology.tiers.map(({ id, instances }) => `${instances} ${id}`).join(' ');
    log.push(`up ${topology.step}: ${tiers}`);
    if (failingSteps.includes(topology.step)) return Promise.reject(new StackError('no port is free', 'free one'));
    const stack: Stack = {
      name,
      plan: 'mine',
      step: topology.step,
      base_url: '',
      processes: [],
      feeds_dir: '',
      topology,
    };
    return Promise.resolve(stack);
  },
  down: (_name: string, options?: { readonly purge?: boolean }) => {
    log.push(options?.purge ? 'purge' : 'down');
    return Promise.resolve({ stopped: [], left: [] });
  },
  status: (name) => {
    const stack: Stack = { name, plan: 'mine', step: 1, base_url: '', processes: [], feeds_dir: '' };
    const app = { id: 'app-1', alive: true, healthy: isHealthy, detail: '', memory_bytes: 1, cpu_s: 1 };
    const status: StackStatus = { stack, processes: [app] };
    return Promise.resolve(status);
  },
};

async function verified(
  claims: readonly (readonly [string, number])[],
  change: Partial<VerifyRequest> = {},
): Promise<Verification> {
  const plan = planOf(claims);
  const engines = new Map([['open-loop', true]]);
  const scenarios = new Map<string, Scenario>();
  for (const text of SCENARIOS.trim().split('\n')) {
    const scenario = readScenario('scenario.yaml', text, plan, engines);
    scenarios.set(scenario.name, scenario);
  }
  const stop = new AbortController();
  const quiet = () => undefined;
  return verify({
    plans: [{ plan, scenarios }],
    selection: { full: false, only: [] },
    engines: new Map([['open-loop', engine]]),
    backend,
    run: ({ scenario, stack }) => {
      log.push(`run ${scenario.name}`);
      return Promise.resolve({ ...seen(scenario.name, stack.step), ...runs[scenario.name]?.(stop) });
    },
    simulate: ({ wanted }) => {
      simulated.push(...wanted.map(({ scenario, step }) => `${scenario} ${step}`));
      return Promise.resolve(new Map());
    },
    stackName: 'verify',
    seed: 1,
    products: 1,
    users: 1,
    environment: {},
    signal: stop.signal,
    keep: ({ observation }) => Promise.resolve(`kept-${observation.what.scenario}`),
    report: { message: quiet, simulating: quiet, remaining: quiet, finished: quiet },
    ...change,
  });
}

function verdicts({ ledgers }: Verification): (string | undefined)[][] {
  return ledgers.flatMap(({ rows }) => rows.map(({ claim: id, verdict, measured }) => [id, verdict, measured?.detail]));
}

describe('verify', () => {
  it('runs all that a stack serves on it, the lightest first and what breaks things last', async () => {
    const verification = await verified([
      ['crash', 1],
      ['heavy', 1],
      ['light', 1],
      ['light', 2],
    ]);
    const first = ['up 1: 2 app', 'run light', 'run heavy', 'run crash', 'down'];
    expect(log).toEqual([...first, 'up 2: 2 app 1 cache', 'run light', 'down']);
    expect(verification.runs.map(({ run }) => run)).toEqual(['kept-light', 'kept-heavy', 'kept-crash', 'kept-light']);
    expect(verification.failures).toEqual([]);
  });

  it('starts a stack of its own for settings, and one with new data where a scenario asks for it', async () => {
    await verified([
      ['single', 1],
      ['fresh', 1],
      ['light', 1],
    ]);
    const single = ['up 1: 1 app', 'run single', 'down'];
    const fresh = ['purge', 'up 1: 2 app', 'run fresh', 'down'];
    expect(log).toEqual([...single, ...fresh, 'up 1: 2 app', 'run light', 'down']);
  });

  it('goes on when a stack cannot be started, and says of its claims why they are open', async () => {
    failingSteps = [1];
    const verification = await verified([
      ['light', 1],
      ['heavy', 1],
      ['light', 2],
    ]);
    expect(verification.failures).toMatchObject([
      { scenario: 'light', step: 1, because: 'no port is free' },
      { scenario: 'heavy', step: 1, because: 'no port is free' },
    ]);
    expect(verdicts(verification)).toEqual([
      ['light-1', 'not measured', 'no port is free'],
      ['heavy-1', 'not measured', 'no port is free'],
      ['light-2', 'holds', undefined],
    ]);
  });

  it('goes on when a run fails', async () => {
    runs['light'] = () => {
      throw new RunError('no replica answers');
    };
    const verification = await verified([
      ['light', 1],
      ['heavy', 1],
    ]);
    expect(log).toEqual(['up 1: 2 app', 'run light', 'run heavy', 'down']);
    expect(verdicts(verification)).toEqual([
      ['light-1', 'not measured', 'no replica answers'],
      ['heavy-1', 'holds', undefined],
    ]);
  });

  it('starts a stack anew that a run has left broken, and keeps what was seen until then as invalid', async () => {
    runs['light'] = () => ({ complete: false, incompleteBecause: 'app-1 of tier app died' });
    const verification = await verified([
      ['light', 1],
      ['heavy', 1],
    ]);
    expect(log).toEqual(['up 1: 2 app', 'run light', 'down', 'up 1: 2 app', 'run heavy', 'down']);
    expect(verdicts(verification)[0]?.[1]).toBe('invalid');
  });

  it('looks after a fault whether all is well again', async () => {
    isHealthy = false;
    runs['light'] = () => {
      throw new RunError('nothing answers');
    };
    await verified([
      ['light', 1],
      ['crash', 1],
    ]);
    expect(log).toEqual(['up 1: 2 app', 'run light', 'down', 'up 1: 2 app', 'run crash', 'down']);
  });

  it('takes the stack down when it is interrupted, and draws the ledger from what there is', async () => {
    runs['heavy'] = (stop) => {
      stop.abort();
      return { complete: false, incompleteBecause: 'the run was interrupted' };
    };
    const verification = await verified([
      ['light', 1],
      ['heavy', 1],
      ['crash', 1],
      ['light', 2],
    ]);
    expect(log).toEqual(['up 1: 2 app', 'run light', 'run heavy', 'down']);
    expect(verdicts(verification).map(([, verdict]) => verdict)).toEqual([
      'holds',
      'invalid',
      'not measured',
      'not measured',
    ]);
    expect(verification.failures).toEqual([]);
  });

  it('takes runs that were kept, by what they were made of, and runs the rest', async () => {
    const asked: string[] = [];
    const wanted = [
      ['light', 1],
      ['heavy', 1],
      ['light', 2],
    ] as const;
    await verified(wanted, {
      recall: (identity) => {
        asked.push(identity);
        return Promise.resolve(undefined);
      },
    });
    expect(new Set(asked).size).toBe(3);
    log = [];
    const kept = { run: 'from-before', observation: seen('light', 1) };
    const verification = await verified(wanted, {
      recall: (identity) => Promise.resolve(identity === asked[0] ? kept : undefined),
    });
    expect(log).toEqual(['up 1: 2 app', 'run heavy', 'down', 'up 2: 2 app 1 cache', 'run light', 'down']);
    expect(verification.ledgers[0]?.rows[0]?.measured).toMatchObject({ verdict: 'holds', run: 'from-before' });
  });

  it('runs the short profile unless told otherwise, and says what the rest wants', async () => {
    const wanted = [
      ['light', 1],
      ['long', 1],
    ] as const;
    expect(verdicts(await verified(wanted))[1]).toEqual(['long-1', 'not measured', 'run with `--full`']);
    const full = await verified(wanted, { selection: { full: true, only: [] } });
    expect(verdicts(full).map(([, verdict]) => verdict)).toEqual(['holds', 'holds']);
    expect(simulated).toEqual(['light 1', 'light 1', 'long 1']);
  });

  it.each([
    [{ full: false, only: ['long'] }, ['up 1: 2 app', 'run long', 'down']],
    [{ full: false, only: ['light-2'] }, ['up 2: 2 app 1 cache', 'run light', 'down']],
    [{ full: true, only: [], step: 2 }, ['up 2: 2 app 1 cache', 'run light', 'down']],
    [{ full: true, only: ['heavy'], step: 2 }, []],
  ])('runs only what is asked for: %o', async (selection, expected) => {
    await verified(
      [
        ['light', 2],
        ['heavy', 1],
        ['long', 1],
      ],
      { selection },
    );
    expect(log).toEqual(expected);
  });

  it('tells what is left, from durations and from what starting took', async () => {
    const left: { runs: number; stacks: number }[] = [];
    const quiet = () => undefined;
    const remaining = ({ runs: open, stacks }: { runs: number; stacks: number }) =>
      void left.push({ runs: open, stacks });
    const report = { message: quiet, simulating: quiet, remaining, finished: quiet };
    await verified(
      [
        ['light', 1],
        ['heavy', 1],
        ['light', 2],
      ],
      { report },
    );
    expect(left).toEqual([
      { runs: 3, stacks: 2 },
      { runs: 2, stacks: 2 },
      { runs: 1, stacks: 1 },
      { runs: 0, stacks: 0 },
    ]);
  });
});
