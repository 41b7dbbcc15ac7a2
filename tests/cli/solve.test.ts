import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { shopPlan } from './shop-plan.ts';

const home = mkdtempSync(join(tmpdir(), 'shop-plan-solve-'));
const plan = join(home, 'plan.yaml');
afterAll(() => rmSync(home, { recursive: true, force: true }));
writeFileSync(
  plan,
  `
plan: small
assume: { users: 1M users, rate: 86.4 req/user/day }
derive: { peak: users * rate }
architecture:
  - step: 1
    name: one
    tiers:
      app: { kind: express, instances: 12, demand: peak, capacity: 100 req/s, price: $100/month }
      database: { kind: postgres, instances: 1, demand: peak, capacity: 1250 req/s, price: $300/month }
`,
);

describe('solve', () => {
  it.each([
    [['--for', 'app.instances', '--goal', 'utilisation.app <= 70 %'], { question: 'goal', value: 15 }],
    [['--for', 'users', '--goal', 'utilisation.app <= 70 %', '--set', 'app.instances=6'], { value: 420_000 }],
    [['--load', 'users=1.1M'], { question: 'load', chosen: { step: 1, instances: 12 } }],
    [['--for', 'users'], { question: 'capacity', steps: [{ factor: 1.2, limitedBy: 'app' }] }],
  ])('%j', async (args, result) => {
    const { code, stdout, stderr } = await shopPlan(['solve', plan, ...args, '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ formatVersion: 1, kind: 'solve', ...result });
  });

  it('answers within the columns it is given', async () => {
    for (const args of [[], ['--load', '1.2x']]) {
      const { code, stdout } = await shopPlan(['solve', ...args], { COLUMNS: '80' });
      expect(code).toBe(0);
      expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    }
  });

  it.each([
    [['--goal', 'utilisation.app < 1'], 'a goal needs the name that may change'],
    [['--goal', 'a < 1', '--load', '3x'], 'ask different things'],
    [['--step', '1'], '`--step` goes with `--goal`'],
    [['--load', '2M'], 'add `--for users`, or `growth:` to the plan'],
    [['--load', 'usrs=2M'], 'did you mean `users`?'],
    [['--load', 'users=2M'], 'error[GOAL_UNREACHABLE]: no step of the plan carries this load'],
    [['--for', 'users', '--goal', 'utilisation.app < 0 %'], 'error[GOAL_UNREACHABLE]'],
    [['--for', 'users', '--goal', 'utilisation.ap < 1'], 'did you mean `utilisation.app`?'],
    [['--for', 'users', '--goal', 'peak < 1 req/s', '--step', '3'], 'small has no step 3'],
  ])('refuses %j', async (args, says) => {
    const { code, stdout, stderr } = await shopPlan(['solve', plan, ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(says);
  });
});
