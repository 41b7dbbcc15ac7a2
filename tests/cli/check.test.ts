import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { shopPlan } from './shop-plan.ts';

// What a check says before it starts anything.
const folder = mkdtempSync(join(tmpdir(), 'check-'));
const env = { SHOP_PLAN_HOME: join(folder, 'home'), COLUMNS: '100' };
const check = (...args: readonly string[]) => shopPlan(['check', ...args], env, folder);
const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);

afterAll(() => rmSync(folder, { recursive: true }));

write('quiet.yaml', 'scenario: quiet\nplan: amazon-shop\nphases: [{ name: all, duration: 1 s, rate: 1 req/s }]\n');
write('mine.yaml', 'plan: mine\n');

it('runs what settles the plan when nobody says what', async () => {
  const { code, stdout } = await check('--dry-run', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    plan: 'amazon-shop',
    stacks: [{ step: 2, scenarios: ['moderate'] }],
    criteria: [{ criterion: 'reached >= 99 %', from: 'scenario moderate' }, {}, {}],
  });
});

it('takes plan, step and scenarios from a gate file, with paths from its folder on', async () => {
  mkdirSync(join(folder, 'deep'));
  const criteria = '[{ criterion: error_rate < 1 %, must: yes, weight: 2 }]';
  write(
    'deep/gate.yaml',
    `gate: mine\nplan: amazon-shop\nstep: 1\nscenarios: [../quiet.yaml]\ncriteria: ${criteria}\n`,
  );
  const { stdout, stderr } = await check('--slo', 'deep/gate.yaml', '--set', 'app.instances=2', '--dry-run');
  expect(stderr).toBe('');
  expect(stdout).toBe(`would start 1 × load-balancer, 2 × app, 1 × database for quiet
would judge quiet: error_rate < 1 % (must, weight 2)
would take about 27 s
`);
});

it.each([
  [['./mine.yaml'], 'nothing says what to run for `mine`'],
  [['--slo', 'none.yaml'], 'cannot read none.yaml: no such file'],
  [['--scenario', 'moderat'], 'did you mean `moderate`?'],
  [['--scenario', 'stampede-lock', '--step', '1'], '`stampede-lock` is not for step 1'],
  [['--set', 'cahe.instances=1'], 'did you mean `cache`?'],
  [['--set', 'cache.instances=none'], 'a whole number from 1 up'],
  [['--set', 'cache=1'], 'sets nothing'],
  [['--set', 'app.cachng=false'], 'did you mean `caching`?'],
])('%j is refused with exit code 2', async (args, message) => {
  const { code, stdout, stderr } = await check(...args, '--dry-run');
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(message);
});

it('refuses a gate that gates nothing, and one that could never be judged', async () => {
  write('empty.yaml', 'gate: empty\ncriteria: []\n');
  const empty = await check('--slo', 'empty.yaml', '--json');
  expect(empty.code).toBe(2);
  expect(JSON.parse(empty.stdout)).toMatchObject({ errors: [{ code: 'GATE_RANGE', path: 'empty.yaml', line: 2 }] });
  write(
    'never.yaml',
    'scenario: never\nplan: amazon-shop\nphases: [{ name: all, duration: 1 s, rate: 1 req/s }]\nexpect: [recovery < 9 s]\n',
  );
  const never = await check('--scenario', './never.yaml');
  expect(never.code).toBe(2);
  expect(never.stderr).toContain('`recovery < 9 s` (scenario never) can never be judged');
});

it('refuses a folder of artefacts that holds what others have put there, before it starts anything', async () => {
  mkdirSync(join(folder, 'taken'));
  write('taken/mine.txt', 'mine');
  const { code, stderr } = await check('--scenario', './quiet.yaml', '--artefacts', 'taken', '--overwrite');
  expect(code).toBe(2);
  expect(stderr).toContain('taken holds `mine.txt`, which is no artefact');
});
