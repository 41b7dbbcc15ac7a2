import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { RUNS_DIR } from '../../harness/run-store.ts';
import { shopPlan, start } from '../cli/shop-plan.ts';

// `check` with real servers, as a pipeline calls it: small data, a low rate, a home of its own.
const home = mkdtempSync(join(tmpdir(), 'sp-check-'));
// Servers drop root's privileges and still have to reach their folders.
chmodSync(home, 0o755);
const cwd = mkdtempSync(join(tmpdir(), 'sp-check-runs-'));
const env = { SHOP_PLAN_HOME: home };
const DATA = ['--step', '1', '--products', '1000', '--users', '200'];

writeFileSync(
  join(cwd, 'short.yaml'),
  // A closed loop holds no rate, so that a busy machine cannot make its runs invalid.
  `scenario: short
plan: amazon-shop
engine: autocannon
phases:
  - { name: warm-up, duration: 2 s, judged: no }
  - { name: load, duration: 3 s }
connections: 1
expect: [rate >= 1 req/s, error_rate < 50 %]
`,
);
writeFileSync(
  join(cwd, 'strict.yaml'),
  'gate: strict\nscenarios: [./short.yaml]\ncriteria: [rate >= 1_000_000 req/s, { criterion: error_rate < 50 %, must: yes }]\n',
);

interface Result {
  readonly outcome: string;
  readonly runs: readonly { readonly run: string }[];
}

async function isUp(name: string): Promise<boolean> {
  const { stdout } = await shopPlan(['status', '--name', name, '--json'], env, cwd);
  return (JSON.parse(stdout) as { up: boolean }).up;
}

afterEach(async () => {
  await shopPlan(['down', '--name', 'mine', '--purge'], env, cwd);
  await shopPlan(['down', '--name', 'check', '--purge'], env, cwd);
});
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
  rmSync(cwd, { recursive: true, force: true });
});

it(
  'starts a stack, judges, keeps the run and the artefacts, and takes the stack down',
  { timeout: 120_000 },
  async () => {
    const args = ['check', '--scenario', './short.yaml', ...DATA, '--artefacts', 'out', '--json'];
    const { code, stdout, stderr } = await shopPlan(args, env, cwd);
    expect([code, stderr]).toEqual([0, expect.stringContaining('everything else')]);
    const { outcome, runs } = JSON.parse(stdout) as Result;
    expect(outcome).toBe('PASS');
    expect(readdirSync(join(cwd, RUNS_DIR, runs[0]?.run ?? ''))).toContain('result.json');
    expect(readdirSync(join(cwd, 'out'))).toEqual(expect.arrayContaining(['result.json', 'junit.xml', 'report.html']));
    expect(await isUp('check')).toBe(false);
  },
);

it(
  'uses the stack of that name when it is up, leaves it up, and fails with 1 when that is proven',
  { timeout: 120_000 },
  async () => {
    const up = await shopPlan(['up', '--name', 'mine', ...DATA], env, cwd);
    expect([up.code, up.stderr]).toEqual([0, expect.anything()]);
    const { code, stdout } = await shopPlan(
      ['check', '--name', 'mine', '--slo', 'strict.yaml', '--step', '1'],
      env,
      cwd,
    );
    expect(code).toBe(1);
    expect(stdout).toContain('✗ rate >= 1_000_000 req/s');
    expect(await isUp('mine')).toBe(true);
  },
);

it('answers Ctrl-C with 130, and leaves nothing', { timeout: 120_000 }, async () => {
  const running = start(['check', '--scenario', './short.yaml', ...DATA], env, cwd);
  await running.says('running (short)');
  running.kill('SIGINT');
  const { code, stdout } = await running.finished;
  expect([code, stdout]).toEqual([130, '']);
  expect(await isUp('check')).toBe(false);
});
