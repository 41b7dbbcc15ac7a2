import { describe, expect, it } from 'vitest';
import { readPlan } from '../model/plan/read-plan.ts';
import { growth } from '../model/questions/growth.ts';
import type { Sizing } from '../model/questions/growth-loads.ts';
import { documentText } from './document-text.ts';
import { growthDocument } from './growth-document.ts';
import { PLAIN_80 } from './style.ts';

const PLAN = `
plan: shop
title: Shop
assume:
  load: 1 req/s
  users: 10 users
growth:
  load: { points: { 0: 1 req/s, 3: 8 req/s }, rate: 100 %/month }
  users: { points: { 0: 10 users, 6: 20 users } }
architecture:
  - step: 1
    name: one server
    tiers:
      database: { kind: postgres, instances: 1, demand: load, capacity: 8 req/s, headroom: 100 % }
  - step: 2
    name: a larger one
    tiers:
      database: { capacity: 512 req/s }
      app: { kind: express, instances: 2, demand: load, capacity: 200 req/s/server }
`;
const plan = readPlan('shop.yaml', PLAN);

function text(months: number, full = false, sizing: Sizing = 'as needed'): string {
  return documentText(growthDocument(growth(plan, months, sizing), { full }), PLAIN_80);
}

describe('growthDocument', () => {
  it('says first which step lasts until when', async () => {
    expect(text(10)).toMatchInlineSnapshot(`
      "Shop: 10 months of growth
      Step 1 until month 2 (\`database\`, which is one instance), step 2 until month 8
      (\`database\`, which is one instance), no step carries it from month 9 on.

      months   step that is due  limit
      ──────────────────────────────────────────────────────────────────────────
      0 to 2   1: one server     database, limit 1, needs 2 in month 3
      3 to 8   2: a larger one   database, limit 1, needs 2 in month 9
      9 to 10  none              database of step 2, limit 1, needs 2 in month 9

      What grows
      month  due      quantity        value
      ─────────────────────────────────────
          0  step 1   load          1 req/s
                      users         10 user
          3  step 2   load          8 req/s
                      users      14.14 user
          9  no step  load        512 req/s
                      users         20 user
         10  no step  load      1,024 req/s
                      users         20 user

      Behind month 3, its last point, \`load\` grows by 100 % a month.

      Behind month 6, its last point, \`users\` is held constant: its growth names no
      \`rate\`.

      When the provided instances are full, and how many each tier needs in month 10
      step  tier      month 0  headroom gone  passes 100 %  has  needs  limit
      ───────────────────────────────────────────────────────────────────────
         1  database   12.5 %  month 2        month 3         1    256      1
         2  database  0.195 %  month 8        month 9         1      4      1
            app        0.25 %                 month 8         2      6

      Steps carry the load with the instances that their tiers need, up to the limit;
      \`--fixed\` keeps those they have. Each tier is shown as if its step were the
      running one from the start. What happens in month n happens between n and n + 1
      months after launch; — is not within these 10 months.
      "
    `);
  });

  it('speaks of full tiers where instances stay as they are', () => {
    expect(text(10, false, 'as provided')).toMatchInlineSnapshot(`
      "Shop: 10 months of growth
      Step 1 until month 3 (\`database\`), step 2 until month 8 (\`app\`), no step carries
      it from month 9 on.

      months   step that is due  limit
      ──────────────────────────────────────────────────────────
      0 to 3   1: one server     database, 200 % in month 4
      4 to 8   2: a larger one   app, 128 % in month 9
      9 to 10  none              app of step 2, 128 % in month 9

      What grows
      month  due      quantity        value
      ─────────────────────────────────────
          0  step 1   load          1 req/s
                      users         10 user
          4  step 2   load         16 req/s
                      users      15.87 user
          9  no step  load        512 req/s
                      users         20 user
         10  no step  load      1,024 req/s
                      users         20 user

      Behind month 3, its last point, \`load\` grows by 100 % a month.

      Behind month 6, its last point, \`users\` is held constant: its growth names no
      \`rate\`.

      When each tier saturates
      step  tier      month 0  month 10  headroom gone  passes 100 %
      ──────────────────────────────────────────────────────────────
         1  database   12.5 %  12,800 %  month 2        month 3
         2  database  0.195 %     200 %  month 8        month 9
            app        0.25 %     256 %                 month 8

      Tiers keep the instances of the plan. Each tier is shown as if its step were the
      running one from the start. What happens in month n happens between n and n + 1
      months after launch; — is not within these 10 months.
      "
    `);
  });

  it('says so when a step lasts to the end, and lists quiet tiers only when asked to', () => {
    expect(text(6)).toMatch(/^Step 1 until month 2 .*, step 2 to the end,\nmonth 6\.$/m);
    expect(text(6).replaceAll('\n', ' ')).toContain('2 more have enough throughout; `--full` lists them.');
    expect(text(6, true)).not.toContain('more have');
    expect(text(6, true)).toMatch(/ {2}app +0\.25 % +— +2 +1$/m);
    expect(text(6, true, 'as provided')).toMatch(/ {2}app +0\.25 % +16 % +—/);
  });

  it('lists all tiers where none reaches a limit', () => {
    expect(text(1)).toMatch(/ {2}app +0\.25 % +— +2 +1$/m);
    expect(text(1)).not.toContain('more have');
  });

  it('has every tier in its data, in numbers', () => {
    const tiers = growthDocument(growth(plan, 10), { full: false }).find(
      (block) => block.kind === 'table' && block.name === 'tiers',
    );
    expect(tiers).toMatchObject({
      data: [
        {
          step: 1,
          tier: 'database',
          headroom: 1,
          saturatedInMonth: 3,
          saturatedFromStart: false,
          needed: 256,
          limit: 1,
        },
        { step: 2, tier: 'database', saturatedInMonth: 9, needed: 4, limit: 1 },
        { step: 2, tier: 'app', headroom: null, saturatedInMonth: 8, provided: 2, needed: 6, limit: null },
      ],
    });
  });
});
