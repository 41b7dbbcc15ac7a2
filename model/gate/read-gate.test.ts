import { describe, expect, test } from 'vitest';
import { readPlan } from '../plan/read-plan.ts';
import { NO_INSTRUMENTS } from '../scenario/instrument.ts';
import { readScenario } from '../scenario/read-scenario.ts';
import { assignCriteria } from './assign-criteria.ts';
import { ownGate } from './own-gate.ts';
import { readGate, readGateHead } from './read-gate.ts';
import type { ToRun } from './why-never.ts';

const PLAN = readPlan(
  'plan.yaml',
  `
plan: mine
assume: { load: 1 req/s }
requests:
  view: { share: 90 %, kind: read, method: GET, path: / }
  buy: { share: 10 %, kind: write, method: POST, path: / }
architecture:
  - { step: 1, name: one, tiers: { app: { kind: express, instances: 2, demand: load, capacity: 99 req/s, price: $1/h } } }
slo: [p95(latency) < 500 ms, error_rate < 1 %]
`,
);
const ENGINES = new Map([['open-loop', true]]);
const scenario = (text: string): ToRun => ({
  plan: PLAN,
  scenario: readScenario('s.yaml', text, PLAN, ENGINES),
  step: 1,
  instruments: NO_INSTRUMENTS,
});
const calm = scenario('{ scenario: calm, phases: [{ name: steady, duration: 1 s, rate: 1 req/s }] }');
const crash = scenario(
  '{ scenario: crash, phases: [{ name: all, duration: 1 s, rate: 1 req/s }], faults: [{ fault: crash, tier: app, at: 0 s }], expect: [recovery < 10 s] }',
);

function texts(name: string, of: ReturnType<typeof assignCriteria>): string[] {
  return (of.criteria.get(name) ?? []).map(({ criterion }) => criterion.text);
}

test('a gate file has texts, or texts with a weight, a scenario, and whether they are must-haves', () => {
  const text = `
gate: My gate
pass: 90 %
criteria:
  - p95(latency) < 500 ms
  - { criterion: error_rate(buy) < 1 %, must: yes, weight: 2.5, scenario: calm }
`;
  const gate = readGate('gate.yaml', text, PLAN, [calm]);
  expect(gate).toMatchObject({
    name: 'My gate',
    passScore: 0.9,
    criteria: [
      { weight: 1, must: false, from: 'gate.yaml', criterion: { threshold: 0.5 } },
      { weight: 2.5, must: true, scenario: 'calm', criterion: { metric: { class: 'buy' } } },
    ],
  });
});

test('the head says what is to be run, before anything is known of it', () => {
  const text = 'gate: g\nplan: mine\nstep: 3\nscenarios: [calm, ./mine.yaml]\ncriteria: [anything]\n';
  expect(readGateHead('gate.yaml', text)).toEqual({ plan: 'mine', step: 3, scenarios: ['calm', './mine.yaml'] });
  expect(readGateHead('slo.yaml', 'apiVersion: openslo/v1\n')).toEqual({ scenarios: [] });
});

describe('which criteria a scenario is held to', () => {
  test('without a file what it expects, or the slo of the plan', () => {
    const own = assignCriteria(ownGate(PLAN, [calm.scenario, crash.scenario]), [calm, crash]);
    expect(texts('calm', own)).toEqual(['p95(latency) < 500 ms', 'error_rate < 1 %']);
    expect(texts('crash', own)).toEqual(['recovery < 10 s']);
    expect(own).toMatchObject({ never: [], ungated: [] });
  });

  test('those that name it, and those that it can measure', () => {
    const text =
      'gate: g\ncriteria: [p95(view) < 1 s in steady, recovery < 9 s, error_rate < 1 %, { criterion: rate > 1 req/s, scenario: crash }]';
    const assigned = assignCriteria(readGate('g.yaml', text, PLAN, [calm, crash]), [calm, crash]);
    expect(texts('calm', assigned)).toEqual(['p95(view) < 1 s in steady', 'error_rate < 1 %']);
    expect(texts('crash', assigned)).toEqual(['recovery < 9 s', 'error_rate < 1 %', 'rate > 1 req/s']);
  });

  test('one that no criterion is about is named', () => {
    const gate = readGate('g.yaml', 'gate: g\ncriteria: [recovery < 9 s]', PLAN, [calm, crash]);
    expect(assignCriteria(gate, [calm, crash]).ungated).toEqual(['calm']);
  });
});

describe('OpenSLO', () => {
  const slo = (indicator: string, objectives: string, annotations = ''): string =>
    `apiVersion: openslo/v1\nkind: SLO\nmetadata: { name: s, displayName: Sales${annotations} }\nspec: { budgetingMethod: Occurrences, timeWindow: [{ duration: 28d, isRolling: true }], ${indicator}, objectives: [${objectives}] }\n`;
  const read = (text: string) => readGate('slo.yaml', text, PLAN, [calm]);
  const criteriaOf = (text: string) => read(text).criteria.map(({ criterion }) => criterion.text);
  const own = (metric: string, unit = ''): string =>
    `{ metricSource: { type: shop-plan, spec: { metric: ${metric}${unit} } } }`;

  test('a share of the requests within a time is a percentile', () => {
    const indicator = `indicator: { spec: { thresholdMetric: ${own('latency(buy)', ', unit: ms')} } }`;
    expect(criteriaOf(slo(indicator, '{ op: lte, value: 300, target: 0.999 }'))).toEqual(['p99.9(buy) <= 300 ms']);
  });

  test('good and bad of all requests are the error rate', () => {
    const good = `indicator: { spec: { ratioMetric: { counter: true, good: ${own('ok(buy)')}, total: ${own('requests(buy)')} } } }`;
    const bad = `indicator: { spec: { ratioMetric: { bad: ${own('failed')}, total: ${own('requests')} } } }`;
    expect(criteriaOf(slo(good, '{ target: 0.999 }'))).toEqual(['error_rate(buy) <= 0.1 %']);
    expect(criteriaOf(slo(bad, '{ targetPercent: 99 }'))).toEqual(['error_rate <= 1 %']);
  });

  test("somebody else's query stays, and an annotation says what it is of a run", () => {
    const indicator = 'indicator: { spec: { ratioMetric: { good: { metricSource: { type: Prometheus } } } } }';
    const annotations = ", annotations: { team: sales, shop-plan/metric: 'ratio(cache.hits, cache.misses)' }";
    expect(criteriaOf(slo(indicator, '{ target: 0.8 }', annotations))).toEqual([
      'ratio(cache.hits, cache.misses) >= 80 %',
    ]);
  });

  test('one figure of a run has no target', () => {
    const indicator = `indicator: { spec: { thresholdMetric: ${own('cost', ', unit: $/month')} } }`;
    expect(criteriaOf(slo(indicator, '{ op: lt, value: 2000 }'))).toEqual(['cost < 2000 $/month']);
  });

  test('an indicator may be a document of its own; several SLOs are called as the plan is', () => {
    const sli = `---\napiVersion: openslo/v1\nkind: SLI\nmetadata: { name: times }\nspec: { thresholdMetric: ${own('latency', ', unit: s')} }\n`;
    const one = slo('indicatorRef: times', '{ op: lt, value: 1, target: 0.5 }');
    expect(criteriaOf(`${one}${sli}`)).toEqual(['p50(latency) < 1 s']);
    expect(read(`${one}${sli}`).name).toBe('Sales');
    const two = read(`${one}---\n${slo('indicatorRef: times', '{ op: lt, value: 2, target: 0.99 }')}${sli}`);
    expect(two).toMatchObject({ name: 'mine', criteria: { length: 2 } });
  });
});
