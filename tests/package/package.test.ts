import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { processesOf } from '../../infra/local/testing/test-home.ts';
import { Project } from './project.ts';
import type { Finished } from './project.ts';

// As a user meets it: packed, installed in an empty project, and everything in it run from there.
const project = new Project();
const shopPlan = (...args: readonly string[]): Promise<Finished> => project.run('npx', ['shop-plan', ...args]);

beforeAll(async () => {
  await project.install();
  project.link('vitest', 'typescript', '@types/node');
}, 240_000);
afterAll(() => project.remove());

test('the command computes and simulates, from anywhere', async () => {
  expect(await shopPlan('estimate')).toMatchObject({ code: 0, stdout: expect.stringContaining('breaks first') });
  expect(await shopPlan('simulate', 'moderate', '--step', '4', '--scale', '0.5', '--replications', '1')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('✓ PASS'),
  });
});

test('another program imports it, with types', async () => {
  project.write(
    'use.ts',
    `import { estimate, InputError, judge, loadPlan, loadScenario, simulate } from 'shop-plan';
import type { Estimate, Run } from 'shop-plan';

const plan = await loadPlan('amazon-shop');
const estimated: Estimate = estimate(plan);
const run: Run = await simulate(plan, await loadScenario('moderate', plan), { step: 4, scale: 0.02, replications: 1 });
const mistake = await loadPlan({ name: 'mine.yaml', text: 'plan: mine\\nassume: { users: 2M usres }\\n' }).catch((error: unknown) => error);
if (!(mistake instanceof InputError)) throw new Error('the mistake was not found');
const [first] = mistake.diagnostics;
console.log(estimated.steps.length, judge(run, ['p95(latency) < 2 s']).outcome, first?.code);
`,
  );
  project.write(
    'wrong.ts',
    `import { loadPlan } from 'shop-plan';\nconst plan: string = await loadPlan('amazon-shop');\nvoid plan;\n`,
  );
  const options = { module: 'nodenext', target: 'es2024', strict: true, noEmit: true, types: ['node'] };
  project.write('tsconfig.json', JSON.stringify({ compilerOptions: options, include: ['*.ts'] }));
  const checked = await project.run('node', ['node_modules/typescript/bin/tsc']);
  // The one mistake shows that there are types to hold it against.
  expect(checked.stdout.trim().split('\n')[0]).toContain('wrong.ts(2,7): error TS2322');
  expect(checked.stdout).not.toContain('use.ts');
  expect(await project.run('node', ['use.ts'])).toMatchObject({ code: 0, stdout: '6 PASS PLAN_UNIT\n' });
});

test('a load test is a test of vitest', async () => {
  project.write(
    'load.test.ts',
    `import { expect, loadTest } from 'shop-plan/vitest';

const test = loadTest({ plan: 'amazon-shop', step: 4, simulated: true });

test('is carried', async ({ drive }) => {
  expect(await drive('moderate', { scale: 0.05 })).toMeet('p95(latency) < 2 s');
});
test('is not carried in a millisecond', async ({ drive }) => {
  expect(await drive('moderate', { scale: 0.05 })).toMeet('p95(latency) < 1 ms');
});
`,
  );
  const { code, stdout, stderr } = await project.run('node', ['node_modules/vitest/vitest.mjs', 'run']);
  expect(code).toBe(1);
  expect(`${stdout}${stderr}`).toContain('the run does not meet `p95(latency) < 1 ms`');
  expect(stdout).toMatch(/Tests +1 failed \| 1 passed/);
});

test('real servers start from the package, and go', async () => {
  const up = await shopPlan('up', '--step', '1', '--name', 'packed', '--products', '1000', '--users', '100');
  expect(up).toMatchObject({ code: 0, stdout: expect.stringContaining('step 1 is up') });
  expect(await shopPlan('down', '--name', 'packed', '--purge')).toMatchObject({ code: 0 });
  expect(processesOf(project.home)).toEqual([]);
});

test('has the schemas where they can be asked for, and neither tests nor sources that Node would refuse', async () => {
  const script = `console.log(import.meta.resolve('shop-plan/schemas/plan.schema.json'))`;
  const { stdout } = await project.run('node', ['--input-type=module', '-e', script]);
  expect(existsSync(new URL(stdout.trim()))).toBe(true);
  const files = readdirSync(join(project.folder, 'node_modules/shop-plan'), { recursive: true, encoding: 'utf8' });
  expect(files.filter((file) => /\.test\.|(?<!\.d)\.ts$/.test(file))).toEqual([]);
});
