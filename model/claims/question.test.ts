import { expect, it } from 'vitest';
import { readPlan } from '../plan/read-plan.ts';
import { questionOf } from './question.ts';

const { claims } = readPlan(
  'plan.yaml',
  `
plan: mine
documents: { d: The design }
assume: { load: 10 req/s }
requests: { search: { share: 100 %, kind: read, method: GET, path: / } }
architecture:
  - { step: 1, name: one, tiers: { app: { kind: express, instances: 1, demand: load, capacity: 99 req/s } } }
  - { step: 2, name: two, tiers: { cache: { kind: redis, instances: 1, demand: load, capacity: 99 req/s } } }
claims:
  phrased: { document: d, section: s, says: 80 %, asks: does caching help? }
  bound: { document: d, section: s, says: < 300 ms, measured: { scenario: peak, step: 2, phase: all, metric: p95(search) } }
  range: { document: d, section: s, says: 30..60 s, measured: { scenario: crash, step: 2, metric: counter(outage_s) } }
  less: { document: d, section: s, says: 80 %, measured: { scenario: peak, step: 2, metric: rate, versus: { step: 1 } } }
  times: { document: d, section: s, says: 3x, measured: { scenario: peak, step: 2, metric: rate, versus: { scenario: calm }, as: ratio } }
  computed: { document: d, section: s, says: 20 req/s, computed: load * 2 }
  waiting: { document: d, section: s, says: 1 s, settled_by: failover }
  word: { document: d, section: Cost, says: 99 % }
`,
);

it.each([
  ['phrased', 'does caching help?'],
  ['bound', 'is p95(search) < 300 ms in peak (all) at step 2?'],
  ['range', 'is counter(outage_s) within 30..60 s in crash at step 2?'],
  ['less', 'is rate in peak at step 2 less by 80 % than that at step 1?'],
  ['times', 'does rate in peak at step 2, over that in calm, come to 3x?'],
  ['computed', 'does load * 2 come to 20 req/s?'],
  ['waiting', 'does failover show 1 s?'],
  ['word', 'is it 99 %, as “Cost” has it?'],
])('asks of %s: %s', (id, question) => {
  const claim = claims.find((each) => each.id === id);
  expect(claim && questionOf(claim)).toBe(question);
});
