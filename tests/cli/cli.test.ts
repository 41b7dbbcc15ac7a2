import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify, stripVTControlCharacters } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { VERIFICATION } from '../../reports/verification-schema.ts';
import { shopPlan } from './shop-plan.ts';

const home = mkdtempSync(join(tmpdir(), 'shop-plan-cli-'));
const env = { SHOP_PLAN_HOME: home };
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('estimate', () => {
  it('prints the figures with unit and formula, then what each step lacks', async () => {
    const { code, stdout, stderr } = await shopPlan(['estimate']);
    expect(code).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/traffic\.requests\.peak\s+6,944 req\/s\s+traffic\.requests\.average \* peak\.factor/);
    expect(stdout).toContain('`database` breaks first: it carries 20.2 % of the peak');
  });

  it('stays within the columns it is given', async () => {
    for (const width of [80, 100, 120]) {
      const { stdout } = await shopPlan(['estimate', '--full'], { COLUMNS: String(width) });
      const longest = Math.max(...stdout.split('\n').map((line) => line.length));
      expect(longest).toBeLessThanOrEqual(width);
    }
  });

  it('gives one JSON document and nothing else under --json', async () => {
    const { code, stdout, stderr } = await shopPlan(['estimate', '--json']);
    expect([code, stderr]).toEqual([0, '']);
    const estimate = JSON.parse(stdout) as { quantities: { id: string }[] };
    expect(Object.keys(estimate)[0]).toBe('formatVersion');
    expect(estimate).toMatchObject({
      formatVersion: 2,
      kind: 'estimate',
      plan: 'amazon-shop',
      steps: expect.arrayContaining([
        expect.objectContaining({ step: 1, bottleneck: 'database' }),
        expect.objectContaining({ step: 6 }),
      ]),
    });
    expect(estimate.quantities.find(({ id }) => id === 'storage.total')).toEqual({
      id: 'storage.total',
      value: expect.closeTo(1.281e15, -12),
      unit: 'B',
      title: expect.any(String),
      formula: expect.stringContaining('storage.users + storage.catalog'),
      inputs: ['storage.users', 'storage.catalog', 'storage.images', 'storage.orders', 'storage.reviews'],
    });
  });

  it('says so, and ends with 3, when its result cannot be written', async () => {
    const child = spawn('sh', ['-c', `${process.execPath} cli/shop-plan.js schema > /dev/full`], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    expect(stderr).toMatch(/^error: the result cannot be written: .*ENOSPC.*\n$/);
    expect(code).toBe(3);
  });

  it('is not disturbed by a reader that leaves early', async () => {
    const child = spawn('sh', ['-c', `${process.execPath} cli/shop-plan.js estimate --full | head -n 1`], {
      stdio: 'pipe',
    });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    await once(child, 'close');
    expect(stderr).toBe('');
  });

  it('colours only when asked to', async () => {
    const escape = '\u001B[';
    expect((await shopPlan(['estimate'])).stdout).not.toContain(escape);
    const forced = await shopPlan(['estimate'], { FORCE_COLOR: '1' });
    expect(forced.stdout).toContain(escape);
    const plain = stripVTControlCharacters(forced.stdout);
    expect(plain).toBe((await shopPlan(['estimate'])).stdout);
  });
});

describe('explain', () => {
  it('derives a quantity down to its assumptions', async () => {
    const { code, stdout } = await shopPlan(['explain', 'app.servers']);
    expect(code).toBe(0);
    expect(stdout).toContain('app.servers = 9 server');
    expect(stdout).toContain('users.daily_active = 10,000,000 user  (assumed; summary, System Overview)');
    expect(stdout).toContain("requests.per_user = 20 req/user/day  (assumed; the plan's own; 15 to 30 req/user/day)");
  });

  it('gives the same as JSON', async () => {
    const { stdout } = await shopPlan(['explain', 'app.servers', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ formatVersion: 1, quantity: { id: 'app.servers', value: 9 } });
  });
});

describe('verify --computed-only', () => {
  it('draws the ledger without starting or writing anything', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'shop-plan-ledger-'));
    try {
      const { code, stdout } = await shopPlan(['verify', '--computed-only', '--json'], env, cwd);
      const [{ rows } = { rows: [] }] = VERIFICATION.parse(JSON.parse(stdout)).ledgers;
      expect(code).toBe(0);
      expect(rows.length).toBeGreaterThanOrEqual(25);
      expect(rows.find(({ claim }) => claim === 'summary.storage.total')?.verdict).toBe('contradicted');
      expect(readdirSync(cwd)).toEqual([]);
    } finally {
      rmSync(cwd, { recursive: true });
    }
  });
});

describe('up --for', () => {
  it('has the step and the settings of a scenario, and of the plan that it is for', async () => {
    const { stdout } = await shopPlan(['up', '--for', 'capacity', '--step', '3', '--dry-run']);
    expect(stdout).toContain('would start 1 × redis as cache');
    expect((await shopPlan(['up', '--for', 'redirects', '--dry-run', '--json'])).stdout).toContain('"url-shortener"');
  });
});

describe('wrong usage ends with exit code 2, says what to write, and starts nothing', () => {
  it.each([
    [['estimat'], 'Did you mean estimate?'],
    [['estimate', 'amazon-shp'], 'did you mean `amazon-shop`?'],
    [['estimate', './nowhere.yaml'], 'no such file'],
    [['estimate', '--jsn'], '--json'],
    [['explain', 'app.server'], 'did you mean `app.servers`?'],
    [['explain'], "missing required argument 'quantity'"],
    [['up', '--step', '9'], 'has no step 9'],
    [['verify', '--only', 'peek'], 'did you mean `peak`?'],
    [['up', '--for', 'peek'], 'did you mean `peak`?'],
    [['up', '--for', 'capacity', '--step', '6'], '`capacity` is not for step 6'],
    [['up', '--step', 'two'], 'whole number'],
    [['up', '--name', '../etc'], 'lower-case letters'],
    [['run', 'peek'], 'did you mean `peak`?'],
    [['run', 'peak'], 'start one with `shop-plan up'],
    [['run', 'peak', '--scale', '-1'], 'above 0'],
    [['logs'], 'no stack `shop` is up'],
    [['report', 'nothing'], 'nothing/result.json: there is no such file'],
    [['estimate', 'tests/bad-input/plan/units.yaml'], 'error[PLAN_UNIT]'],
  ])('%j', async (args, says) => {
    const { code, stdout, stderr } = await shopPlan(args, env);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(says);
    expect(stderr).not.toContain('    at ');
  });

  it('reports the problems of a plan as JSON under --json', async () => {
    const { code, stdout } = await shopPlan(['estimate', 'tests/bad-input/plan/units.yaml', '--json']);
    const { errors } = JSON.parse(stdout) as { errors: { code: string; line: number }[] };
    expect(code).toBe(2);
    expect(errors.map((error) => error.code)).toContain('PLAN_UNIT');
    expect(errors[0]).toMatchObject({
      severity: 'error',
      path: expect.any(String),
      line: 3,
      column: 16,
      message: expect.any(String),
    });
  });
});

describe('the launcher', () => {
  it('runs from another folder', async () => {
    const launcher = join(import.meta.dirname, '../../cli/shop-plan.js');
    const { stdout } = await promisify(execFile)(process.execPath, [launcher, 'explain', 'peak.factor'], {
      cwd: tmpdir(),
    });
    expect(stdout).toContain('peak.factor = 3');
  });
});
