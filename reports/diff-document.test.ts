import { describe, expect, it } from 'vitest';
import { readPlan } from '../model/plan/read-plan.ts';
import { withSettings } from '../model/plan/with-settings.ts';
import { diffPlans, diffPlanSteps } from '../model/questions/diff.ts';
import type { Diff } from '../model/questions/diff.ts';
import { diffDocument } from './diff-document.ts';
import { documentText } from './document-text.ts';
import { PLAIN_80 } from './style.ts';

const SHOP = `
plan: shop
assume:
  users: 1M users
  page.size: 10 KB/req
  app.price: $730/server/month
derive:
  traffic: users * 8640 req/user/day / 1000
  bandwidth: traffic * page.size
architecture:
  - step: 1
    name: one database
    tiers:
      app: { kind: express, instances: 2, demand: traffic, capacity: 100 req/s/server, price: app.price }
      database: { kind: postgres, instances: 1, demand: 110 req/s, capacity: 50 req/s/server }
  - step: 2
    name: a cache
    tiers:
      cache: { kind: redis, instances: 1, demand: traffic, capacity: 1000 req/s/server, price: app.price }
      database: { demand: 22 req/s }
`;
const shop = readPlan('shop.yaml', SHOP);
const text = (diff: Diff): string => `\n${documentText(diffDocument(diff, { width: 80 }), PLAIN_80)}`;

describe('a diff as text', () => {
  it('says in one line that nothing changed', () => {
    const same = diffPlans({ label: 'before', plan: shop }, { label: 'after', plan: shop });
    expect(text(same)).toBe('\nnothing changed: 5 quantities and 2 steps are the same\n');
    expect(text(diffPlanSteps(shop, 2, 2))).toContain('nothing changed: the tiers of step 2');
  });

  it('gives causes, consequences, and tiers that differ once each', () => {
    const after = withSettings(shop, ['users=3M']);
    const diff = diffPlans({ label: 'before', plan: shop }, { label: 'after', plan: after });
    expect(text({ ...diff, settings: ['users=3M'] })).toMatchInlineSnapshot(`
      "
      shop, before and after users=3M
      3 quantities differ, 2 are the same; 2 steps differ

      Assumptions     before      after  unit  factor  difference
      ───────────────────────────────────────────────────────────
      users        1,000,000  3,000,000  user     × 3  +2,000,000

      What follows  before  after  unit   factor  difference
      ──────────────────────────────────────────────────────
      traffic          100    300  req/s     × 3        +200
      bandwidth          1      3  MB/s      × 3          +2

      Step 1: one database
      \`database\` breaks first on both sides, at 220 %; it costs $1,460 a month; 1 tier
      is the same

      tier     has to carry  can carry  in use  needs  has
      ────────────────────────────────────────────────────
      app         100 req/s  200 req/s    50 %      1    2
        after     300 req/s  200 req/s   150 %      3    2

      Step 2: a cache
      \`app\` breaks first on both sides, at 150 % (before: 50 %); it costs $2,190 a
      month; 1 tier differs as above; 1 tier is the same

      tier     has to carry    can carry  in use  needs  has
      ──────────────────────────────────────────────────────
      cache       100 req/s  1,000 req/s    10 %      1    1
        after     300 req/s  1,000 req/s    30 %      1    1
      "
    `);
  });

  it('gives tiers that were added, removed or changed from one step to another', () => {
    expect(text(diffPlanSteps(shop, 1, 2))).toMatchInlineSnapshot(`
      "
      shop: step 1 against step 2
      tiers from step 1 to 2: 1 added, 0 removed, 1 changed, 1 the same

      Step 1: one database → step 2: a cache
      \`app\` breaks first, at 50 % (step 1: \`database\`, at 220 %); it costs $2,190 a
      month (step 1: $1,460, × 1.5); 1 tier is the same

      tier          has to carry    can carry  in use  needs  has
      ───────────────────────────────────────────────────────────
      cache, added     100 req/s  1,000 req/s    10 %      1    1
      database         110 req/s     50 req/s   220 %      3    1
        step 2          22 req/s     50 req/s    44 %      1    1
      "
    `);
  });

  it('gives what only one plan has, and calls plans with long names a and b', () => {
    const other = SHOP.replace('10 KB/req', '10 KB/user\n  peak: 3').replace('  bandwidth: traffic * page.size\n', '');
    const plan = readPlan('b.yaml', other.slice(0, other.indexOf('  - step: 2')));
    expect(text(diffPlans({ label: 'shop', plan: shop }, { label: './my-shop.yaml', plan }))).toMatchInlineSnapshot(`
      "
      a: shop, b: ./my-shop.yaml
      3 quantities differ, 3 are the same; 1 step differs, 1 is the same

      Other units          a           b
      ──────────────────────────────────
      page.size    10 KB/req  10 KB/user

      Only in a
      ────────────────────
      bandwidth  1 MB/s

      Only in b
      ───────────────
      peak       3

      Steps of a alone: 2 (a cache)
      "
    `);
  });

  it('tells apart what differs by little', () => {
    const after = withSettings(shop, ['users=1,000,200']);
    const shown = text(diffPlans({ label: 'before', plan: shop }, { label: 'after', plan: after }));
    expect(shown).toMatch(/users +1,000,000 +1,000,200 +user +× 1\.0002 +\+200/);
    expect(shown).toMatch(/traffic +100 +100\.02 +req\/s +× 1\.0002/);
  });
});
