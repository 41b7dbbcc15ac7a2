import { describe, expect, it } from 'vitest';
import { estimate } from '../model/estimate/estimate.ts';
import { spreads } from '../model/estimate/uncertainty.ts';
import { readPlan } from '../model/plan/read-plan.ts';
import { documentText } from './document-text.ts';
import { estimateDocument } from './estimate-document.ts';
import { PLAIN_80 } from './style.ts';

const plan = readPlan(
  'plan.yaml',
  `
plan: mine
title: My shop
assume:
  users: { value: 2M users, low: 1M, high: 4M, source: 'brief, Goals' }
  each: 20 req/user/day
  latency.network: 40 ms
  latency.query: 70 ms
derive:
  traffic.peak: { formula: users * each * 3, unit: req/s }
architecture:
  - step: 1
    name: one server
    tiers:
      app: { kind: express, instances: 1, demand: traffic.peak, capacity: 1_000 req/s/server, price: $150/server/month }
      database: { kind: postgres, instances: 1, demand: traffic.peak, capacity: '5,000 req/s' }
spikes:
  sale: { factor: 2..4, duration: 2 h, title: A sale }
budgets:
  page: { limit: 100 ms, terms: [latency.network, latency.query] }
`,
);

describe('an estimate as text', () => {
  it('gives the answer first, then what it follows from', () => {
    expect(`\n${documentText(estimateDocument(estimate(plan), { full: false }), PLAIN_80)}`).toMatchInlineSnapshot(`
      "
      My shop
      step  breaks first  in use  x peak  $ a month
      ─────────────────────────────────────────────────────────
         1  app            139 %    0.72       $150  one server

      Traffic                    formula
      ───────────────────────────────────────────
      traffic.peak  1,389 req/s  users * each * 3

      Step 1: one server
      tier      has to carry    can carry  in use  needs  has
      ────────────────────────────────────────────────────────────────
      app *      1,389 req/s  1,000 req/s   139 %      2    1  too few
      database   1,389 req/s  5,000 req/s  27.8 %      1    1  enough

      * \`app\` breaks first: it carries 72 % of the peak. $150 a month

      Latency budget   limit  adds up to        left  largest term
      ──────────────────────────────────────────────────────────────────
      page            100 ms      110 ms  10 ms over  64 % latency.query

      Spike on top of the peak  factor  lasts  carried from  else breaks
      ──────────────────────────────────────────────────────────────────
      A sale                      2-4x    2 h       no step  app

      Without a price, and left out: database. \`shop-plan cost\` lists what it consists
      of, and what growth makes of it.

      From 4 assumptions, 3 of them the plan's own; \`--full\` lists them. 1 has a
      range: \`--samples 10000\` shows what that does to the results. \`shop-plan explain
      <name>\` derives a number.
      "
    `);
  });

  it('shows the spread, and which assumption most of it comes from', () => {
    const sampling = { samples: 1000, seed: 1 };
    const result = estimate(plan, { sampling: { ...sampling, draw: (of, figures) => spreads(of, figures, sampling) } });
    const text = documentText(estimateDocument(result, { full: true }), { ...PLAIN_80, width: 100 });
    expect(text).toMatch(/traffic\.peak +1,389 req\/s +\S+ req\/s +\S+ req\/s +(?:99|100) % users/);
    expect(text).toMatch(/users +2,000,000 user +1,000,000 to 4,000,000 user; brief, Goals/);
    expect(text).toContain('p5 to p95 of 1,000 samples, seed 1.');
    expect(text).toMatch(/spread of its load: (?:99|100) % users/);
  });
});
