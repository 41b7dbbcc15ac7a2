import { describe, expect, it } from 'vitest';
import { readPlan } from '../model/plan/read-plan.ts';
import { autoscale } from '../model/questions/autoscale.ts';
import { autoscaleDocument } from './autoscale-document.ts';
import { documentText } from './document-text.ts';
import { PLAIN_80 } from './style.ts';

function text({ price = 'price: $73/server/month, ', max = 12, spike: name = '' } = {}): string {
  const plan = readPlan(
    'shop.yaml',
    `
plan: shop
title: Shop
assume:
  load: 600 req/s
patterns:
  daily: { period: 12 h, factors: { night: 1, day: 3 } }
spikes:
  sale: { factor: 2, duration: 1 h }
  viral: { factor: 10..100, duration: 30 min }
architecture:
  - step: 1
    name: one
    tiers:
      app:
        { kind: express, instances: 8, demand: load, capacity: 100 req/s/server, headroom: 20 %, ${price}
          autoscale: { min: 2, max: ${max}, out_above: 80 %, out_after: 2 min, in_below: 40 %, in_after: 5 min, boot: 1 min } }
`,
  );
  const [step] = plan.steps;
  const [tier] = step?.tiers ?? [];
  const [pattern] = plan.patterns;
  const spike = plan.spikes.find((each) => each.name === name);
  if (!step || !tier?.autoscale || !pattern) throw new Error('the plan of this test is incomplete');
  const answer = autoscale(plan, { step, tier, rule: tier.autoscale, pattern, ...(spike ? { spike } : {}) });
  return documentText(autoscaleDocument(answer, { width: 80 }), PLAIN_80);
}

describe('autoscaleDocument', () => {
  it('says first what is saved and whether it suffices, then draws, then lists', () => {
    expect(text()).toMatchInlineSnapshot(`
      "Shop: autoscaling of app in step 1 over daily
      Autoscaling saves 18.3 % of the instance-hours of \`app\`, $1.76 a period of 12 h,
      or $107.1 a month: 78.4 instance-hours a period of 12 h in place of 96 with 8
      instances all the time.

      It is overloaded for 1 min of the period of 12 h, by up to 104 % of what runs.

      req/s
      800 ┤o                                     ooooooooooooooooooooooooooooooooooooo
          │oo                                    o
          │ o                                   **************************************
      600 ┤ oo                                  *o                                   *
          │  ooooooooooooooooooooooooooooooooooo*
      400 ┤*                                    *
          │*                                    *
          │*                                   **
      200 ┤*************************************
          │
        0 ┤
          └┬──────────────┬───────────────┬──────────────┬───────────────┬───────────┬
           0             2.5              5             7.5             10       11.95
                                              hour
        * demand  o capacity that runs

                  instances  instance-hours   cost  fullest  overloaded
      ─────────────────────────────────────────────────────────────────
      constant            8              96  $9.60     75 %
      autoscaled     5 to 8            78.4  $7.84    104 %       1 min

      The rule: one instance more after 2 min above 80 %, which carries load 1 min
      later; one less after 5 min below 40 %; 2 to 12 instances. Load follows \`daily\`
      minute by minute, each part by its own factor, moving linearly for at most 10
      min from one to the next; its peak is the demand that the plan computes.

      Schedule: 6 changes
      at            instances
      ────────────────────────────
      night, 00:08      8 → 7  in
      night, 00:13      7 → 6  in
      night, 00:18      6 → 5  in
      day, 06:04        5 → 6  out
      day, 06:06        6 → 7  out
      day, 06:08        7 → 8  out

      Hour by hour
      from          demand up to  instances  instance-hours  fullest  overloaded
      ──────────────────────────────────────────────────────────────────────────
      night, 00:00     400 req/s     5 to 8            5.65     50 %
      night, 01:00     200 req/s          5               5     40 %
      night, 02:00     200 req/s          5               5     40 %
      night, 03:00     200 req/s          5               5     40 %
      night, 04:00     200 req/s          5               5     40 %
      night, 05:00     360 req/s          5               5     72 %
      day, 06:00       600 req/s     5 to 8            7.75    104 %       1 min
      day, 07:00       600 req/s          8               8     75 %
      day, 08:00       600 req/s          8               8     75 %
      day, 09:00       600 req/s          8               8     75 %
      day, 10:00       600 req/s          8               8     75 %
      day, 11:00       600 req/s          8               8     75 %
      "
    `);
  });

  it('says how long a spike overloads the tier', () => {
    expect(text({ spike: 'sale' }).replaceAll('\n', ' ')).toContain(
      '`sale`, 2 times the load for 1 h from 06:05 on, overloads `app` until scaling catches up after 11 min, for 11 min in all, by up to 200 % of what runs.',
    );
    expect(text({ spike: 'viral' }).replaceAll('\n', ' ')).toContain(
      '`viral`, 55 times the load (the middle of 10 to 100) for 30 min from 06:05 on, is over before scaling catches up: `app` is overloaded for all 30 min of it, by up to 5,500 % of what runs; `max: 12` is too few for it.',
    );
  });

  it('says what is missing: a price, or instances', () => {
    const short = text({ price: '', max: 5 }).replaceAll('\n', ' ');
    expect(short).toContain('The tier has no price in step 1');
    expect(short).toContain("The rule's `max: 5` is below what the peak needs.");
    expect(short).toContain('by up to 120 % of what runs.');
    expect(short).not.toContain('$');
  });
});
