import { describe, expect, it } from 'vitest';
import { shopPlan } from './shop-plan.ts';

describe('diff', () => {
  it('says in one line that nothing changed', async () => {
    const { code, stdout, stderr } = await shopPlan(['diff', 'amazon-shop', 'amazon-shop']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^nothing changed: \d+ quantities and \d+ steps are the same\n$/);
  });

  it('compares a plan with itself under --set, within the columns there are', async () => {
    for (const width of [80, 120]) {
      const { code, stdout } = await shopPlan(['diff', 'amazon-shop', '--set', 'users.daily_active=20M'], {
        COLUMNS: String(width),
      });
      expect(code).toBe(0);
      expect(stdout).toMatch(/traffic\.requests\.peak +6,944 +13,889 +req\/s +× 2/);
      expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(width);
    }
  });

  it('compares two steps, as data', async () => {
    const { code, stdout } = await shopPlan(['diff', 'amazon-shop', '--steps', '1,2', '--json']);
    expect(code).toBe(0);
    const diff: unknown = JSON.parse(stdout);
    expect(diff).toMatchObject({ formatVersion: 1, kind: 'diff', same: false, quantities: null });
    expect(diff).toMatchObject({ steps: { changed: [{ tiers: { added: [{ tier: 'cache' }] } }] } });
  });
});

describe('sweep', () => {
  const sweep = ['sweep', 'users.daily_active', '--from', '1M', '--to', '20M', '--step', '2'];

  it('says where tiers saturate, within the columns there are', async () => {
    for (const width of [80, 120]) {
      const { code, stdout } = await shopPlan(sweep, { COLUMNS: String(width) });
      expect(code).toBe(0);
      expect(stdout).toMatch(/^- `database` saturates at users\.daily_active = [\d.]+M user$/m);
      expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(width);
    }
  });

  it('gives every point as data', async () => {
    const { stdout } = await shopPlan([...sweep, '--points', '3', '--show', 'app', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      formatVersion: 1,
      kind: 'sweep',
      variable: { name: 'users.daily_active', unit: 'user' },
      points: [1e6, 10.5e6, 20e6],
      outputs: [{ name: 'app', unit: '%', values: [expect.any(Number), expect.any(Number), expect.any(Number)] }],
    });
  });
});

describe('wrong usage', () => {
  const from1to10 = ['--from', '1', '--to', '10'];
  it.each([
    [['diff', 'amazon-shop'], 'there is nothing to compare amazon-shop with'],
    [['diff', 'amazon-shop', 'url-shortener', '--set', 'peak.factor=4'], '`--set` compares a plan with itself'],
    [['diff', 'amazon-shop', '--steps', '1,99'], 'has no step 99'],
    [['diff', 'amazon-shop', '--steps', '1'], 'two different steps'],
    [['diff', 'amazon-shop', '--set', 'peak.facto=4'], 'error[SET_UNKNOWN_NAME]'],
    [['sweep', 'peak.facto', ...from1to10], 'did you mean `peak.factor`?'],
    [['sweep', 'peak.factor', ...from1to10, '--show', 'databse', '--step', '1'], 'did you mean `database`?'],
    [['sweep', 'peak.factor', '--from', '10', '--to', '1'], 'exchange them'],
    [['sweep', 'peak.factor', '--from', '0', '--to', '10', '--log'], 'leave out `--log`'],
    [['sweep', 'peak.factor', '--from', '1 ms', '--to', '10'], 'error[SET_DIMENSION]'],
    [['sweep', 'peak.factor', '--to', '10'], "required option '--from <value>'"],
    [['sweep', 'peak.factor', ...from1to10, '--step', '99'], 'has no step 99'],
    [['sweep', 'app.instances', '--from', '0', '--to', '9', '--step', '1'], 'begin at 1 or above'],
  ])('%j', async (args, says) => {
    const { code, stdout, stderr } = await shopPlan(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(says);
    expect(stderr).not.toContain('    at ');
  });
});
