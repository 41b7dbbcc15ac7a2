import { beforeEach, expect, test } from 'vitest';
import type { Engine } from '../../engines/engine.ts';
import { StackError } from '../../infra/backend.ts';
import type { Stack } from '../../infra/backend.ts';
import { assignCriteria } from '../../model/gate/assign-criteria.ts';
import { ownGate } from '../../model/gate/own-gate.ts';
import { SIMULATOR_CLAIMS } from '../../model/judge/claims.ts';
import { classByHand, observationByHand } from '../../model/judge/observation-by-hand.ts';
import type { Observation } from '../../model/observation/observation.ts';
import { readPlan } from '../../model/plan/read-plan.ts';
import { NO_INSTRUMENTS } from '../../model/scenario/instrument.ts';
import { readScenario } from '../../model/scenario/read-scenario.ts';
import { RunError } from '../run-error.ts';
import { check } from './check.ts';
import type { Check, CheckRequest, CheckingRun } from './check.ts';

const PLAN = readPlan(
  'plan.yaml',
  `
plan: mine
assume: { load: 1 req/s }
requests: { search: { share: 100 %, kind: read, method: GET, path: / } }
architecture:
  - { step: 1, name: one, tiers: { app: { kind: express, instances: 2, demand: load, capacity: 99 req/s, price: $1/h } } }
slo: [p95(latency) < 500 ms, cost < $2_000/month]
`,
);
const PHASE = 'phases: [{ name: peak, duration: 1 s, rate: 1 req/s }]';
const SCENARIOS: Readonly<Record<string, string>> = {
  light: `{ scenario: light, ${PHASE} }`,
  crash: `{ scenario: crash, ${PHASE}, faults: [{ fault: crash, tier: app, at: 0 s, for: 1 s }], expect: [error_rate < 1 %] }`,
  single: `{ scenario: single, settings: { app: { instances: 1 } }, ${PHASE} }`,
};
const engine: Engine = {
  name: 'open-loop',
  claims: { ...SIMULATOR_CLAIMS, use: '', limits: '' },
  run: () => Promise.reject(new Error('the fake drives nothing')),
};
const STACK: Stack = { name: 'check', plan: 'mine', step: 1, base_url: '', processes: [], feeds_dir: '' };

/** Everything that happened, in order. */
let log: string[] = [];
/** What runs of a scenario come to, when they do not simply succeed. */
let runs: Record<string, (abort: AbortController) => Partial<Observation>> = {};
let cannotStart = false;
let isHealthy = true;
let begun: CheckingRun[] = [];

beforeEach(() => {
  log = [];
  runs = {};
  cannotStart = false;
  isHealthy = true;
  begun = [];
});

const backend: CheckRequest['backend'] = {
  up: (topology) => {
    log.push(`up ${topology.tiers.map(({ id, instances }) => `${instances} ${id}`).join(' ')}`);
    return cannotStart
      ? Promise.reject(new StackError('no port is free', 'free one'))
      : Promise.resolve({ ...STACK, topology });
  },
  down: (_name, options) => {
    log.push(options?.purge ? 'purge' : 'down');
    return Promise.resolve({ stopped: [], left: [] });
  },
  status: () => {
    const app = { id: 'app-1', alive: true, healthy: isHealthy, detail: '', memory_bytes: 1, cpu_s: 1 };
    return Promise.resolve({ stack: STACK, processes: [app] });
  },
};

function seen(scenario: string): Observation {
  const observation = observationByHand([classByHand({ latencies: [[20_000, 10_000]] })]);
  return { ...observation, what: { ...observation.what, plan: 'mine', scenario, step: 1, scale: 1 } };
}

async function checked(names: readonly string[], change: Partial<CheckRequest> = {}): Promise<Check> {
  const toRun = names.map((name) => {
    const scenario = readScenario('s.yaml', SCENARIOS[name] ?? '', PLAN, new Map([['open-loop', true]]));
    return { plan: PLAN, scenario, step: 1, instruments: NO_INSTRUMENTS };
  });
  const gate = ownGate(
    PLAN,
    toRun.map(({ scenario }) => scenario),
  );
  const stop = new AbortController();
  const quiet = () => undefined;
  return check({
    gate,
    assigned: assignCriteria(gate, toRun).criteria,
    runs: toRun,
    engines: new Map([['open-loop', engine]]),
    backend,
    run: ({ scenario }) => {
      log.push(`run ${scenario.name}`);
      return Promise.resolve({ ...seen(scenario.name), ...runs[scenario.name]?.(stop) });
    },
    stackName: 'check',
    keepData: true,
    seed: 1,
    products: 1,
    users: 1,
    environment: {},
    signal: stop.signal,
    keep: ({ observation }) => Promise.resolve(`kept-${observation.what.scenario}`),
    report: { message: quiet, begins: (run) => void begun.push(run), finished: quiet },
    ...change,
  });
}

function verdicts({ gate }: Check): string[][] {
  return gate.verdicts.map(({ scenario, text, status }) => [scenario, text, status]);
}

test('runs all on as few stacks as serve them, and judges each by what it is held to', async () => {
  const result = await checked(['crash', 'light', 'single']);
  expect(log).toEqual(['up 2 app', 'run light', 'run crash', 'down', 'up 1 app', 'run single', 'down']);
  expect(verdicts(result)).toEqual([
    ['light', 'p95(latency) < 500 ms', 'PASS'],
    ['light', 'cost < $2_000/month', 'PASS'],
    ['crash', 'error_rate < 1 %', 'PASS'],
    ['single', 'p95(latency) < 500 ms', 'PASS'],
    ['single', 'cost < $2_000/month', 'PASS'],
  ]);
  expect(result).toMatchObject({
    gate: { outcome: 'PASS', score: 1 },
    failures: [],
    runs: [{ run: 'kept-light' }, {}, {}],
  });
});

test('says before each run what it is held to, and what is left', async () => {
  await checked(['light', 'crash']);
  expect(begun).toMatchObject([
    { scenario: 'light', criteria: [{}, {}], left: { runs: 2 } },
    { scenario: 'crash', criteria: [{}], left: { runs: 1 } },
  ]);
});

test('removes what was loaded unless it is to be kept, also after a start that failed', async () => {
  cannotStart = true;
  await checked(['light'], { keepData: false });
  expect(log).toEqual(['up 2 app', 'down', 'purge']);
});

test('uses a stack that is up, and leaves it up', async () => {
  await checked(['light', 'crash'], { stack: STACK, keepData: false });
  expect(log).toEqual(['run light', 'run crash']);
});

test('does not go on with a stack of somebody else that a run has left broken', async () => {
  isHealthy = false;
  runs['light'] = () => ({ complete: false, incompleteBecause: 'app-1 died' });
  const { gate, failures } = await checked(['light', 'crash'], { stack: STACK });
  expect(log).toEqual(['run light']);
  expect(failures).toMatchObject([{ scenario: 'crash', because: 'light has left the stack broken' }]);
  expect(gate.outcome).toBe('INVALID');
});

test('starts its own anew when a run has left it broken', async () => {
  runs['light'] = () => ({ complete: false, incompleteBecause: 'app-1 died' });
  await checked(['light', 'crash']);
  expect(log).toEqual(['up 2 app', 'run light', 'down', 'up 2 app', 'run crash', 'down']);
});

test('has no data where a stack cannot be started, takes down what there is of it, and says why', async () => {
  cannotStart = true;
  const { gate, failures } = await checked(['light']);
  expect(log).toEqual(['up 2 app', 'down']);
  expect(failures).toEqual([{ plan: 'mine', step: 1, scenario: 'light', because: 'no port is free' }]);
  expect(gate).toMatchObject({
    outcome: 'NO_DATA',
    score: 0,
    verdicts: [{ because: 'the scenario was not run: no port is free' }, {}],
  });
});

test('goes on when a run fails, and what is proven stays proven', async () => {
  runs['light'] = () => {
    throw new RunError('no replica answers');
  };
  const failing = observationByHand([classByHand({ latencies: [[20_000, 10_000]], http_error: 5_000 })]);
  runs['crash'] = () => ({ ...failing, what: seen('crash').what });
  const { gate, failures } = await checked(['light', 'crash']);
  expect(log).toEqual(['up 2 app', 'run light', 'run crash', 'down']);
  expect(failures).toMatchObject([{ scenario: 'light' }]);
  expect(gate.outcome).toBe('FAIL');
  expect(gate.verdicts.map(({ status }) => status)).toEqual(['FAIL', 'NO_DATA', 'NO_DATA']);
});

test('takes the stack down when it is interrupted; what was left out has no data', async () => {
  runs['light'] = (stop) => {
    stop.abort();
    return { complete: false, incompleteBecause: 'the run was interrupted' };
  };
  const { gate, failures } = await checked(['light', 'crash', 'single']);
  expect(log).toEqual(['up 2 app', 'run light', 'down']);
  expect(failures).toEqual([]);
  expect(gate.outcome).toBe('INVALID');
  expect(gate.verdicts.filter(({ scenario }) => scenario !== 'light').map(({ status }) => status)).toEqual([
    'NO_DATA',
    'NO_DATA',
    'NO_DATA',
  ]);
});
