import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { processesOf } from '../../infra/local/testing/test-home.ts';
import { Project } from './project.ts';
import type { Finished } from './project.ts';

// As a user meets it: packed, installed in an empty project, and everything in it run from there.
const project = new Project();
const shopPlan = (...args: readonly string[]): Promise<Finished> => project.run('npx', ['shop-plan', ...args]);

/** Blocks of TypeScript in the documentation, by the name in their first line. */
const EXAMPLES = Object.fromEntries(
  [...readFileSync('docs/library.md', 'utf8').matchAll(/```ts\n\/\/ ([\w.-]+).*\n([\s\S]*?)```/g)].map(
    ([, name = '', text = '']) => [name, text],
  ),
);

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

test('the examples of docs/library.md fit its types', async () => {
  const examples = Object.entries(EXAMPLES);
  expect(examples.length).toBeGreaterThan(3);
  for (const [name, text] of examples) project.write(name, text);
  project.write(
    'wrong.ts',
    `import { loadPlan } from 'shop-plan';\nexport const plan: string = await loadPlan('mine');\n`,
  );
  const options = {
    module: 'nodenext',
    target: 'es2024',
    lib: ['es2024', 'esnext.disposable'],
    strict: true,
    noEmit: true,
    types: ['node'],
  };
  project.write('tsconfig.json', JSON.stringify({ compilerOptions: options, include: ['*.ts'] }));
  const { stdout } = await project.run('node', ['node_modules/typescript/bin/tsc']);
  // The one mistake shows that there are types to hold the others against.
  expect(
    stdout
      .trim()
      .split('\n')
      .filter((line) => !line.startsWith(' ')),
  ).toEqual([expect.stringContaining('wrong.ts(2,14): error TS2322')]);
});

test('another program imports it, as docs/library.md shows', async () => {
  const { code, stdout, stderr } = await project.run('node', ['capacity.ts']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('step 1: database breaks first\n');
  expect(stdout).toMatch(/\nPASS\nPASS p95 is .*\nmine\.yaml:2:21: error\[PLAN_UNIT\]/);
});

test('a load test is a test of vitest, as docs/library.md shows', async () => {
  const wrong = `import { expect, loadTest } from 'shop-plan/vitest';
const test = loadTest({ plan: 'amazon-shop', step: 4, simulated: true });
test('is not carried in a millisecond', async ({ drive }) => {
  expect(await drive('moderate', { scale: 0.05 })).toMeet('p95(latency) < 1 ms');
});
`;
  project.write('wrong.test.ts', wrong);
  const { code, stdout, stderr } = await project.run('node', [
    'node_modules/vitest/vitest.mjs',
    'run',
    'capacity',
    'wrong',
  ]);
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
