import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../plan/plan.ts';
import { readPlan } from '../plan/read-plan.ts';
import { carries, loadsInMonth } from './growth-loads.ts';
import { defaultMonths, growth } from './growth.ts';
import { readLoad } from './solve-drivers.ts';
import { solveLoad } from './solve-load.ts';

const STEPS = `
architecture:
  - step: 1
    name: one server
    tiers:
      database: { kind: postgres, instances: 1, demand: load, capacity: 8 req/s, headroom: 100 % }
  - step: 2
    name: larger
    tiers:
      database: { capacity: 512 req/s }
      app: { kind: express, instances: 2, demand: load, capacity: 200 req/s/server }
`;

function plan(grows: string, steps: string = STEPS): Plan {
  return readPlan('p.yaml', `plan: p\nassume:\n  load: 1 req/s\ngrowth:\n  load: ${grows}\n${steps}`);
}

function oneTier(tier: string): string {
  return `architecture:\n  - step: 1\n    name: one\n    tiers:\n      it: ${tier}\n`;
}

const DOUBLING = plan('{ rate: 100 %/month }');

describe('growth', () => {
  it('finds that what doubles every month passes eight times the load in month 3', () => {
    const [first] = growth(DOUBLING, 12).steps;
    expect(first?.tiers).toEqual([
      {
        tier: 'database',
        utilisationFirst: 0.125,
        utilisationLast: 512,
        headroom: 1,
        headroomUsed: { month: 2, fromStart: false },
        saturated: { month: 3, fromStart: false },
        provided: 1,
        needed: 1024,
        limit: 1,
      },
    ]);
  });

  it('says which step is due when, what ends it, and when none carries the load', () => {
    // 8 × (1 + 100 %) / 8 = 2 in month 3, 512 × (1 + 100 %) / 512 = 2 in month 9; app servers are added.
    const second = { step: 2, tier: 'database', utilisation: 1, needed: 2, limit: 1 };
    const answer = growth(DOUBLING, 12);
    expect(answer.timeline).toEqual([
      { step: 1, name: 'one server', fromMonth: 0, untilMonth: 2, bottleneck: { ...second, step: 1 } },
      { step: 2, name: 'larger', fromMonth: 3, untilMonth: 8, bottleneck: second },
      { step: null, name: null, fromMonth: 9, untilMonth: 12, bottleneck: second },
    ]);
    // 4,096 / 200 = 20.48
    expect(answer.steps[1]?.tiers[1]).toMatchObject({ tier: 'app', provided: 2, needed: 21, limit: null });
  });

  it('ends a step with its first full tier where instances stay as provided', () => {
    const database = { step: 1, tier: 'database', utilisation: 2, needed: 4, limit: 1 };
    const app = { step: 2, tier: 'app', utilisation: 1.28, needed: 3, limit: null };
    expect(growth(DOUBLING, 12, 'as provided')).toMatchObject({
      sizing: 'as provided',
      timeline: [
        { step: 1, fromMonth: 0, untilMonth: 3, bottleneck: database },
        { step: 2, fromMonth: 4, untilMonth: 8, bottleneck: app },
        { step: null, fromMonth: 9, untilMonth: 12, bottleneck: app },
      ],
    });
  });

  it.each([0, 2, 3, 8])('agrees in month %d with the steps that `solve` takes for too small', (month) => {
    const load = `${2 ** month}x`;
    const tooSmall = solveLoad(DOUBLING, readLoad(DOUBLING, load, undefined), load).rejected.flatMap((step) =>
      step.reason === 'too small' ? [step.step] : [],
    );
    const beyond = loadsInMonth(DOUBLING, month, 'as needed').filter((loads) => !carries(loads));
    expect(beyond.map(({ step }) => step.step)).toEqual(tooSmall);
  });

  it('gives what grows at the turning points and at the end', () => {
    const [driver] = growth(DOUBLING, 12).drivers;
    expect(driver).toMatchObject({ quantity: 'load', unit: 'req/s', lastPoint: 0, ratePerMonth: expect.closeTo(1) });
    expect(driver?.values).toEqual([
      { month: 0, value: 1 },
      { month: 3, value: 8 },
      { month: 9, value: 512 },
      { month: 12, value: 4096 },
    ]);
  });

  it('goes back to a lighter step when the load falls', () => {
    const falling = plan('{ points: { 0: 16 req/s, 4: 1 req/s } }');
    expect(growth(falling).timeline).toMatchObject([
      { step: 2, fromMonth: 0, untilMonth: 1, bottleneck: null },
      { step: 1, fromMonth: 2, untilMonth: 4, bottleneck: null },
    ]);
  });

  it('marks a tier that is too small from the start', () => {
    const [step] = growth(plan('{ points: { 0: 9 req/s } }'), 3).steps;
    expect(step?.tiers[0]?.saturated).toEqual({ month: 0, fromStart: true });
  });

  it('lets instances grow, also those of a formula, up to what the tier can have', () => {
    const tier = `{ kind: express, instances: 'ceil(load / 1 req/s)', max_instances: 8, demand: load, capacity: 1 req/s }`;
    const answer = growth(plan('{ rate: 100 %/month }', oneTier(tier)), 5);
    expect(answer.steps[0]?.tiers[0]).toMatchObject({
      utilisationFirst: 1,
      utilisationLast: 4,
      saturated: { month: 3 },
      provided: 32,
      needed: 32,
      limit: 8,
    });
    const bottleneck = { step: 1, tier: 'it', utilisation: 2, needed: 16, limit: 8 };
    expect(answer.timeline[0]).toMatchObject({ step: 1, untilMonth: 3, bottleneck });
  });

  it('takes a tier that has no capacity left for beyond its limit, however many there may be', () => {
    // Month 3: 8 / (10 - 8) = 4 instances; month 4: 10 - 16 is less than nothing.
    const tier = '{ kind: express, instances: 1, demand: load, capacity: 10 req/s - load }';
    const answer = growth(plan('{ rate: 100 %/month }', oneTier(tier)), 5);
    expect(answer.steps[0]?.tiers[0]).toMatchObject({ utilisationLast: null, saturated: { month: 2 }, needed: null });
    const bottleneck = { step: 1, tier: 'it', utilisation: null, needed: null, limit: null };
    expect(answer.timeline).toMatchObject([
      { step: 1, untilMonth: 3, bottleneck },
      { step: null, fromMonth: 4, bottleneck },
    ]);
  });

  it('names, where no step carries the load, the fullest tier of the step that comes nearest', () => {
    const steps = `
architecture:
  - step: 1
    name: one
    tiers:
      a: { kind: postgres, instances: 1, demand: load, capacity: 2 req/s }
      b: { kind: postgres, instances: 1, demand: load, capacity: 1 req/s }
  - { step: 2, name: two, tiers: { b: { capacity: 3 req/s } } }
`;
    expect(growth(plan('{ points: { 0: 12 req/s } }', steps), 1).timeline).toMatchObject([
      { step: null, bottleneck: { step: 2, tier: 'a', utilisation: 6, needed: 6, limit: 1 } },
    ]);
  });

  it('stays within numbers when growth does not', () => {
    const answer = growth(plan('{ rate: 100000 %/month }'), 200);
    expect(answer.drivers[0]?.values.at(-1)).toEqual({ month: 200, value: null });
    expect(answer.steps[0]?.tiers[0]?.utilisationLast).toBeNull();
  });

  it.each([
    ['{ points: { 0: 1 req/s, 24: 2 req/s } }', 24],
    ['{ points: { 0: 1 req/s, 9.5: 2 req/s } }', 10],
    ['{ rate: 5 %/month }', 36],
  ])('looks, with %s, %d months ahead', (grows, months) => expect(defaultMonths(plan(grows))).toBe(months));

  it('refuses no month at all', () => expect(() => growth(DOUBLING, 0)).toThrow(RangeError));

  it('never lets a tier last longer when load grows faster', () => {
    const rate = fc.integer({ min: 1, max: 200 });
    fc.assert(
      fc.property(rate, rate, (a, b) => {
        const lasts = [Math.min(a, b), Math.max(a, b)].map((percent) => {
          const [first] = growth(plan(`{ rate: ${percent} %/month }`), 24).steps;
          return first?.tiers[0]?.saturated?.month ?? Infinity;
        });
        expect(lasts[0]).toBeGreaterThanOrEqual(lasts[1] ?? 0);
      }),
      { numRuns: 25 },
    );
  });

  it('never lets the architecture end sooner when instances may be added to tiers without headroom', () => {
    const bare = STEPS.replace(', headroom: 100 %', '');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), (percent) => {
        const grown = plan(`{ rate: ${percent} %/month }`, bare);
        const [needed, provided] = (['as needed', 'as provided'] as const).map((sizing) => {
          const { timeline, months } = growth(grown, 24, sizing);
          return timeline.find(({ step }) => step === null)?.fromMonth ?? months + 1;
        });
        expect(needed).toBeGreaterThanOrEqual(provided ?? 0);
      }),
      { numRuns: 25 },
    );
  });
});
