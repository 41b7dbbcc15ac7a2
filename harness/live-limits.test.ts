import { describe, expect, it } from 'vitest';
import { readPlan } from '../model/plan/read-plan.ts';
import { readScenario } from '../model/scenario/read-scenario.ts';
import { liveLimits } from './live-limits.ts';

const PLAN = readPlan(
  'plan.yaml',
  `
plan: mine
architecture:
  - step: 1
    name: start
    tiers: { app: { kind: express, instances: 3, demand: 1 req/s, capacity: 1_000 req/s/server } }
`,
);
const ENGINES = new Map([
  ['open-loop', true],
  ['autocannon', false],
]);
const limitsOf = (rest: string) =>
  liveLimits(readScenario('s.yaml', `{ scenario: s, ${rest} }`, PLAN, ENGINES), PLAN, './s.yaml');

describe('what live servers cannot do yet', () => {
  it.each([
    [
      'faults',
      'phases: [{ name: p, duration: 1 min, rate: 1 req/s }], faults: [{ fault: errors, tier: app, share: 5 %, at: 1 s }]',
      '`s`: `errors` of `app` cannot be brought about on live servers: only third parties fail on demand (step 1)',
    ],
    [
      'a slow network, without a caller',
      'phases: [{ name: p, duration: 1 min, rate: 1 req/s }], faults: [{ fault: latency, tier: app, by: 5 ms, at: 1 s }]',
      '`s`: `latency` of `app` needs `from` on live servers: whose network it is (step 1)',
    ],
    [
      'more than a day',
      'phases: [{ name: p, duration: 13 h, rate: 1 req/s }, { name: q, duration: 12 h, rate: 1 req/s }]',
      '`s` lasts longer than 24 hours, which is the most for live servers',
    ],
    [
      'users who think',
      'engine: autocannon, phases: [{ name: p, duration: 1 h, users: 5, think: 1 s }]',
      '`autocannon` cannot think: in phase `p` users pause between their requests',
    ],
  ])('%s', (_, rest, message) => {
    const [limit, ...others] = limitsOf(rest);
    expect([limit?.message, others]).toEqual([message, []]);
    expect(limit?.help).toContain('`shop-plan simulate ./s.yaml` can do it');
  });

  it('tells all reasons at once', () => {
    const faults =
      '[{ fault: errors, tier: app, share: 5 %, at: 1 s }, { fault: latency, tier: app, by: 1 s, at: 2 s }]';
    expect(limitsOf(`phases: [{ name: p, duration: 25 h, rate: 1 req/s }], faults: ${faults}`)).toHaveLength(3);
  });

  it.each([
    'phases: [{ name: p, duration: 24 h, rate: 1 req/s, spike: 5x }], arrivals: { bursty: 5x, on: 1 min, off: 9 min }',
    'engine: autocannon, phases: [{ name: p, duration: 1 h, users: 5 }]',
    'phases: [{ name: p, duration: 1 min, rate: 1 req/s }], faults: [{ fault: crash, tier: app, at: 1 s }]',
  ])('nothing of %s', (rest) => expect(limitsOf(rest)).toEqual([]));
});
