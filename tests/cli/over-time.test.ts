import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { shopPlan } from './shop-plan.ts';

const folder = mkdtempSync(join(tmpdir(), 'shop-plan-over-time-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ARCHITECTURE = `
plan: shop
assume:
  load: 600 req/s
architecture:
  - step: 1
    name: one
    tiers:
      app:
        { kind: express, instances: 8, demand: load, capacity: 100 req/s/server, headroom: 50 %,
          autoscale: { min: 2, max: 12, out_above: 80 %, out_after: 2 min, in_below: 40 %, in_after: 5 min, boot: 1 min } }
      database: { kind: postgres, instances: 1, demand: load, capacity: 1000 req/s }
`;
const OVER_TIME = `
growth: { load: { points: { 0: 600 req/s, 12: 1200 req/s } } }
patterns: { daily: { period: 1 day, factors: { night: 1, day: 3 } } }
spikes: { sale: { factor: 2, duration: 1 h } }
`;

function planFile(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}
const plan = planFile('shop.yaml', ARCHITECTURE + OVER_TIME);
const still = planFile('still.yaml', ARCHITECTURE);

describe('growth', () => {
  it('says how long the steps last', async () => {
    // 1,000 req/s are passed in month 8: 600 × 2^(9/12) = 1,009. App servers, full in month 4, are added.
    const { code, stdout, stderr } = await shopPlan(['growth', plan], { COLUMNS: '80' });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.replaceAll('\n', ' ')).toContain(
      'Step 1 until month 8 (`database`, which is one instance), no step carries it from month 9 on.',
    );
    expect(stdout).toMatch(/ 1 {2}app .* month 4 +8 +18$/m);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('says how long they last as they are', async () => {
    const { code, stdout } = await shopPlan(['growth', plan, '--fixed'], { COLUMNS: '80' });
    expect(code).toBe(0);
    expect(stdout).toContain('Step 1 until month 4 (`app`), no step carries it from month 5 on.');
  });

  it('knows what ends the Amazon Shop: replicas that replay ever more writes, and cannot be more than 15', async () => {
    // g times the load: 9,600 g <= 15 (10,000 - 1,388.9 g) up to g = 4.929; ten times in 36 months: 36 lg 4.929 = 24.9.
    const { stdout } = await shopPlan(['growth', '--json']);
    const bottleneck = { step: 3, tier: 'replicas', needed: 16, limit: 15 };
    expect(JSON.parse(stdout)).toMatchObject({
      timeline: [
        { step: 3, fromMonth: 0, untilMonth: 24, bottleneck },
        { step: null, bottleneck },
      ],
    });
  });

  it('gives one JSON document, with what was set anew', async () => {
    const { code, stdout } = await shopPlan(['growth', plan, '--json', '--months', '24', '--set', 'app.instances=20']);
    const answer = JSON.parse(stdout) as object;
    expect(code).toBe(0);
    expect(Object.keys(answer)[0]).toBe('formatVersion');
    expect(answer).toMatchObject({ formatVersion: 1, kind: 'growth', months: 24, sizing: 'as needed' });
    expect(answer).toMatchObject({
      timeline: [{ step: 1, untilMonth: 8, bottleneck: { tier: 'database', needed: 2, limit: 1 } }, { step: null }],
      steps: [{ tiers: [{ tier: 'app', provided: 20, limit: null }, { tier: 'database' }] }],
    });
  });
});

describe('autoscale', () => {
  it('says what a rule saves, with a spike too, within the columns there are', async () => {
    const { code, stdout, stderr } = await shopPlan(['autoscale', plan, '--spike', 'sale'], { COLUMNS: '80' });
    expect([code, stderr]).toEqual([0, '']);
    // 200 req/s, from 12:00 on 600. 9,384 minutes × instances: 8 × 8, 5 × 7, 5 × 6, 706 × 5, 2 × 6, 2 × 7, 712 × 8 running, 3
    // booting. The spike finds 6 instances at 12:05 and needs 12, of which one comes after 1, 3, 5, 7, 9, 11 minutes.
    const text = stdout.replaceAll('\n', ' ');
    expect(text).toContain('Autoscaling saves 27.6 % of the instance-hours of `app`');
    expect(text).toContain('156.4 instance-hours a day in place of 216 with 9 instances all the time');
    expect(text).toContain('for 1 h from 12:05 on, overloads `app` until scaling catches up after 11 min');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('gives one JSON document', async () => {
    const { code, stdout } = await shopPlan(['autoscale', plan, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ formatVersion: 1, kind: 'autoscale', tier: 'app', spike: null });
  });
});

describe('wrong usage ends with exit code 2 and says what to write', () => {
  it.each([
    [['growth', still], 'load: { rate: 5 %/month }'],
    [['growth', plan, '--months', '0'], 'whole number from 1'],
    [['growth', plan, '--set', 'load=3'], "has its values from the plan's `growth`"],
    [['growth', plan, '--set', 'laod=3'], 'did you mean `load`?'],
    [['autoscale', still], 'patterns:'],
    [['autoscale', plan, '--step', '7'], 'steps: 1'],
    [['autoscale', plan, '--tier', 'ap'], 'did you mean `app`?'],
    [['autoscale', plan, '--tier', 'database'], 'tiers that have one: app'],
    [['autoscale', plan, '--pattern', 'dayly'], 'did you mean `daily`?'],
    [['autoscale', plan, '--spike', 'sle'], 'did you mean `sale`?'],
    [['autoscale', plan, '--set', 'load=0'], 'no finite demand'],
  ])('%j', async (args, says) => {
    const { code, stdout, stderr } = await shopPlan(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(says);
    expect(stderr).not.toContain('    at ');
  });
});
