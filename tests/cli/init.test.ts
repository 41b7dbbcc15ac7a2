import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { shopPlan } from './shop-plan.ts';

const folder = mkdtempSync(join(tmpdir(), 'shop-plan-init-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const inFolder = (...args: string[]): ReturnType<typeof shopPlan> => shopPlan(args, { COLUMNS: '80' }, folder);

describe('init', () => {
  it('writes a plan and says what to do next', async () => {
    const { code, stdout, stderr } = await inFolder('init');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.match(/shop-plan \w+ .*\.\/plan\.yaml/g)).toHaveLength(3);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('points editors to a schema that is there', () => {
    const [first = ''] = readFileSync(join(folder, 'plan.yaml'), 'utf8').split('\n');
    const [, target = ''] = /^# yaml-language-server: \$schema=(\S+)$/.exec(first) ?? [];
    expect(JSON.parse(readFileSync(fileURLToPath(target), 'utf8'))).toHaveProperty('properties.plan');
  });

  it.each([
    ['estimate', './plan.yaml', '--samples', '100'],
    ['explain', 'app.servers', '--plan', './plan.yaml'],
    ['audit', './plan.yaml'],
    ['cost', './plan.yaml', '--samples', '100'],
    ['growth', './plan.yaml'],
    ['solve', './plan.yaml'],
    ['autoscale', './plan.yaml', '--step', '1', '--spike', 'viral'],
    ['diff', './plan.yaml', '--steps', '1,2'],
    ['verify', './plan.yaml', '--computed-only'],
  ])('writes a plan that answers: %s %s %s %s %s', async (...args) => {
    const { code, stderr } = await inFolder(...args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('leaves a file alone unless it is forced', async () => {
    const path = join(folder, 'mine.yaml');
    writeFileSync(path, 'plan: mine\n');
    const refused = await inFolder('init', 'mine.yaml');
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('mine.yaml is there already');
    expect(readFileSync(path, 'utf8')).toBe('plan: mine\n');
    const forced = await inFolder('init', 'mine.yaml', '--force', '--json');
    expect(JSON.parse(forced.stdout)).toMatchObject({ formatVersion: 1, kind: 'init', file: 'mine.yaml' });
    expect(readFileSync(path, 'utf8')).toContain('plan: my-photos');
  });

  it('prints the plan and writes nothing with --stdout', async () => {
    const before = readdirSync(folder);
    const { stdout } = await inFolder('init', '--stdout');
    expect(stdout).toBe(readFileSync(join(folder, 'plan.yaml'), 'utf8'));
    expect(readdirSync(folder)).toEqual(before);
  });

  it.each([
    [['init', 'mine'], 'write `mine.yaml`'],
    [['init', 'nowhere/plan.yaml'], 'no such folder'],
    [['init', '--stdout', '--json'], 'cannot be used'],
    [['schema', 'plans'], 'plan, prices, scenario'],
  ])('%j is refused', async (args, says) => {
    const { code, stdout, stderr } = await inFolder(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(says);
  });
});

describe('schema', () => {
  it.each([
    [[], 'plan'],
    [['prices'], 'prices'],
    [['scenario'], 'scenario'],
  ])('%j prints what is published', async (args, kind) => {
    const { code, stdout } = await shopPlan(['schema', ...args]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual(JSON.parse(readFileSync(`schemas/${kind}.schema.json`, 'utf8')));
  });
});

describe('--format', () => {
  it.each([
    [
      'csv',
      /^table,step,bottleneck,usd_per_month\r\n[^]*\r\ntable,id,value,unit[^\n]*\r\n[\w ]+,traffic\.average,694\.4{3,}\d*,req\/s,/,
    ],
    [
      'markdown',
      /^## My photo app\n\n\| step \|[^]*\n\| --- \| ---: \| --- \|\n\| traffic\.average \| 694\.4 req\/s \|/,
    ],
    ['yaml', /^formatVersion: \d\nkind: estimate\n/],
  ])('writes an estimate as %s', async (format, start) => {
    const { code, stdout } = await inFolder('estimate', './plan.yaml', '--format', format);
    expect(code).toBe(0);
    expect(stdout).toMatch(start);
  });
});
