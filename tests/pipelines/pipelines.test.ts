import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { shopPlan } from '../cli/shop-plan.ts';

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, string | number>>;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

const read = (path: string): string => readFileSync(join(import.meta.dirname, '../..', path), 'utf8');
// A test of its own looks at the parts that are used.
const ACTION = parse(read('action.yml')) as Action;
const GITHUB = 'docs/pipelines/github-workflow.yml';
const GITLAB = 'docs/pipelines/gitlab-ci.yml';
const GUIDE = read('docs/pipelines.md');
const { steps } = ACTION.runs;

const optionsIn = (text: string): string[] =>
  [...text.matchAll(/(?<![\w-])--([a-z][a-z-]+)/g)].map(([, name = '']) => name);

describe('what pipelines ask for is there', () => {
  let known: ReadonlySet<string>;
  beforeAll(async () => {
    const { stdout } = await shopPlan(['check', '--help']);
    known = new Set(optionsIn(stdout));
  });

  test.each(['action.yml', GITHUB, GITLAB])('options of `check` in %s', (file) => {
    expect(optionsIn(read(file)).filter((name) => !known.has(name))).toEqual([]);
  });

  test('options of every command in the guide', async () => {
    const lines = [...GUIDE.matchAll(/shop-plan (\w+)( (?!prune|merge)[^`\n]*)/g)];
    expect(lines.length).toBeGreaterThan(3);
    for (const [, command = '', rest = ''] of lines) {
      const words = command === 'runs' ? ['runs', rest.trim().split(' ')[0] ?? ''] : [command];
      const { stdout } = await shopPlan([...words, '--help']);
      expect([command, optionsIn(rest).filter((name) => !optionsIn(stdout).includes(name))]).toEqual([command, []]);
    }
  });

  test.each([GITHUB, GITLAB])('%s has ten lines at most, and is shown in the guide as it is', (file) => {
    expect(read(file).trimEnd().split('\n').length).toBeLessThanOrEqual(10);
    expect(GUIDE).toContain(read(file));
  });

  test('inputs of the workflow are inputs of the action', () => {
    const workflow = parse(read(GITHUB)) as { jobs: Record<string, { steps: readonly Step[] }> };
    const inputs = Object.values(workflow.jobs).flatMap((job) =>
      job.steps.filter(({ uses }) => uses?.includes('shop-plan@')).flatMap((step) => Object.keys(step.with ?? {})),
    );
    expect(inputs).not.toEqual([]);
    expect(inputs.filter((input) => !(input in ACTION.inputs))).toEqual([]);
  });

  test('GitLab is told where the JUnit report is', () => {
    const { 'load-test': job } = parse(read(GITLAB)) as Record<
      string,
      { script: string; artifacts: { paths: string[]; reports: { junit: string } } }
    >;
    const folder = / --artefacts (\S+)/.exec(job?.script ?? '')?.[1];
    expect(job?.artifacts.paths).toEqual([folder]);
    expect(job?.artifacts.reports.junit).toBe(`${folder}/junit.xml`);
  });
});

describe('the action', () => {
  test('every input is described, in the guide too, and reaches the shell by the environment', () => {
    const passed = steps.flatMap(({ env, with: given }) => [
      ...Object.values(env ?? {}),
      ...Object.values(given ?? {}),
    ]);
    for (const [name, { description }] of Object.entries(ACTION.inputs)) {
      expect(description).not.toBe('');
      expect(GUIDE).toContain(`| \`${name}\``);
      expect(passed).toContain(`\${{ inputs.${name} }}`);
    }
  });

  test('no expression is put into the text of a shell', () => {
    expect(ACTION.runs.using).toBe('composite');
    for (const { run = '' } of steps) expect(run).not.toContain('${{');
  });

  test.each([['action.yml'], [GITHUB]])('every action that %s uses has a version', (file) => {
    const used = [...read(file).matchAll(/- uses: (\S+)|^ +uses: (\S+)/gm)].map(([, a, b]) => a ?? b);
    expect(used.length).toBeGreaterThan(1);
    for (const uses of used) expect(uses).toMatch(/^[\w-]+\/[\w-]+@v\d+(\.\d+\.\d+)?$/);
  });

  test('reports are kept whatever came of the check', () => {
    expect(steps.at(-1)).toMatchObject({ if: 'always()', with: { path: '${{ inputs.artefacts }}' } });
  });

  test.each(steps.flatMap(({ name = '', run }) => (run === undefined ? [] : [[name, run]])))(
    'bash can read the step `%s`',
    (_, run) => {
      const { status, stderr } = spawnSync('bash', ['-n'], { input: run, encoding: 'utf8' });
      expect([status, stderr]).toEqual([0, '']);
    },
  );
});

describe('the step that checks', () => {
  /** Runs it as a runner would, with a shop-plan that writes down its arguments and ends with `code`. */
  function checked(
    inputs: Readonly<Record<string, string>>,
    code = 0,
  ): { args: string[]; status: number | null; output: string; folder: string } {
    const folder = mkdtempSync(join(tmpdir(), 'action-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    mkdirSync(join(folder, 'cli'));
    writeFileSync(
      join(folder, 'cli/shop-plan.js'),
      `require('fs').writeFileSync('arguments.json', JSON.stringify(process.argv.slice(2))); process.exit(${code});`,
    );
    const step = steps.find(({ name }) => name === 'Check');
    const given = (text: string): string =>
      text.replaceAll(
        /\$\{\{ inputs\.([\w-]+) \}\}/g,
        (_, name: string) => inputs[name] ?? ACTION.inputs[name]?.default ?? '',
      );
    const env = Object.fromEntries(Object.entries(step?.env ?? {}).map(([name, text]) => [name, given(text)]));
    const { status } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step?.run ?? ''], {
      cwd: folder,
      env: { PATH: process.env['PATH'], GITHUB_ACTION_PATH: folder, GITHUB_OUTPUT: join(folder, 'output'), ...env },
    });
    const args: unknown = JSON.parse(readFileSync(join(folder, 'arguments.json'), 'utf8'));
    return {
      args: Array.isArray(args) ? args.map(String) : [],
      status,
      output: readFileSync(join(folder, 'output'), 'utf8'),
      folder,
    };
  }

  test('asks for nothing that nobody asked for', () => {
    expect(checked({}).args).toEqual(['check', '--artefacts=shop-plan-check']);
  });

  test('passes on what was asked for, a scenario and an argument a line', () => {
    const inputs = {
      plan: 'plan.yaml',
      step: '2',
      slo: 'gate.yaml',
      scenario: 'a\nb\n',
      arguments: '--scale=0.5\n--quiet\n',
    };
    expect(checked({ ...inputs, artefacts: 'out' }).args).toEqual([
      'check',
      '--artefacts=out',
      '--step=2',
      '--slo=gate.yaml',
      '--scenario=a',
      '--scenario=b',
      '--scale=0.5',
      '--quiet',
      '--',
      'plan.yaml',
    ]);
  });

  test.each(['"; touch x; "', '$(touch x)', '`touch x`', "'; touch x #", '--help', '*', 'a b', '\\', '&& touch x'])(
    'takes %s for what it is',
    (text) => {
      const { args, folder } = checked({
        plan: text,
        slo: text,
        step: text,
        scenario: text,
        artefacts: text,
        arguments: text,
      });
      expect(args).toEqual([
        'check',
        `--artefacts=${text}`,
        `--step=${text}`,
        `--slo=${text}`,
        `--scenario=${text}`,
        text,
        '--',
        text,
      ]);
      expect(existsSync(join(folder, 'x'))).toBe(false);
    },
  );

  test.each([0, 1, 2, 3, 4])('ends with %i as the check does, and says so', (code) => {
    expect(checked({}, code)).toMatchObject({ status: code, output: `exit-code=${code}\n` });
  });

  test('what it passes on is what the command line understands', async () => {
    const { args } = checked({
      plan: 'amazon-shop',
      step: '1',
      scenario: 'moderate\npeak',
      arguments: '--scale=0.5\n--dry-run',
    });
    const { code, stdout } = await shopPlan(args);
    expect([code, stdout]).toEqual([0, expect.stringContaining('for moderate')]);
    expect(stdout).toContain('would judge peak');
  });
});
